// Runs the compiled tests of one suite. Node 20 has no globs in --test, so the files are found here.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** Suites that need more than this machine has for sure, or more time than one waits for; each in a folder of its name. */
const SUITES = ['containers', 'browser', 'processes', 'long'];

/** Where the compiled tests are, and where what is made of them goes. */
const TESTS = 'dist/test';
const LANES = 'dist/lanes';

/** ms for a file: longer than any takes on a machine that has other things to do. */
const LONGEST_FILE = 15 * 60_000;

const suite = process.argv[2] ?? 'unit';
const folderOf = (file) => (/[\\/]/.test(file) ? file.split(/[\\/]/)[0] : undefined);
const suiteOf = (file) => SUITES.find((name) => name === folderOf(file)) ?? 'unit';
const found = readdirSync(TESTS, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => suiteOf(file) === suite)
  .sort();
if (found.length === 0) {
  console.error(`No tests of the suite "${suite}" in ${TESTS}: run npm run build first.`);
  process.exit(1);
}

/** What has a process of its own, what takes longest first: files of the top, folders, and all the others together. */
const OTHERS = 'others';
const PROCESSES = [
  ...['probes-hold.test.js', 'cli', 'proxies', OTHERS],
  ...['probes-break.test.js', 'report', 'probes-straight.test.js'],
];
const processOf = (file) => PROCESSES.find((name) => name === (folderOf(file) ?? file)) ?? OTHERS;

/**
 * A few processes for many files, the others share one: what a process costs to start is more than most files take, and
 * no test keeps anything in its process.
 */
function lanes(files) {
  rmSync(LANES, { recursive: true, force: true });
  mkdirSync(LANES, { recursive: true });
  return PROCESSES.map((lane, i) => {
    // Node sorts them by name.
    const path = join(LANES, `${i}-${lane.replace(/\.test\.js$/, '')}.test.mjs`);
    const members = files.filter((file) => processOf(file) === lane);
    writeFileSync(path, members.map((file) => `import '../test/${file.replaceAll('\\', '/')}';\n`).join(''));
    return path;
  });
}

const alone = suite !== 'unit';
const files = alone ? found.map((file) => join(TESTS, file)) : lanes(found);
// Much of what a test does is to wait, so two more than there are cores do not disturb.
const concurrency = alone ? [] : [`--test-concurrency=${availableParallelism() + 2}`];
// What never ends must not take with it what the others have to say. Tests have shorter limits of their own.
const limit = `--test-timeout=${LONGEST_FILE}`;
const { status } = spawnSync(process.execPath, ['--test', limit, ...concurrency, ...process.argv.slice(3), ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
