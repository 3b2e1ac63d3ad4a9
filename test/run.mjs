// Runs the compiled tests of one suite. Node 20 has no globs in --test, so the files are found here.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Suites that need more than this machine has for sure, each in a folder of its name. */
const SUITES = ['containers', 'browser'];

const suite = process.argv[2] ?? 'unit';
const suiteOf = (file) => SUITES.find((name) => file.split(/[\\/]/).includes(name)) ?? 'unit';
const found = readdirSync('dist/test', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => suiteOf(file) === suite)
  .sort();
if (found.length === 0) {
  console.error(`No tests of the suite "${suite}" in dist/test: run npm run build first.`);
  process.exit(1);
}
const files = found.map((file) => join('dist/test', file));
const { status } = spawnSync(process.execPath, ['--test', ...process.argv.slice(3), ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
