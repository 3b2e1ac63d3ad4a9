// How long reports take, and how much memory: a matrix of 500 targets and 120 probes is read, merged, compared and
// rendered, and its page is opened and filtered in Chromium.
//
//   npm run build && node --max-old-space-size=400 bench/report.mjs [targets] [probes]
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diff } from '../dist/src/report/diff/diff.js';
import { diffText } from '../dist/src/report/diff/render.js';
import { streamLine } from '../dist/src/report/json.js';
import { merge } from '../dist/src/report/merge.js';
import { readReport } from '../dist/src/report/read.js';
import { reporters } from '../dist/src/report/reporters.js';
import { readStream } from '../dist/src/report/stream.js';
import { large, shardOf } from '../dist/test/report/large.js';

const [targets = 500, probes = 120] = process.argv.slice(2).map(Number);
const SHARDS = 4;
/** MiB of memory that all of it may take. */
const BUDGET = 512;
/** How often each filter is tried. */
const ROUNDS = 5;
/** ms that a filter may take. */
const PROMPT = 200;

const folder = mkdtempSync(join(tmpdir(), 'wsproof-bench-'));
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);
const megabytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

function row(what, ms, note = '') {
  console.log(`${what.padEnd(28)} ${ms.toFixed(0).padStart(7)} ms  ${note.padEnd(12)} peak ${peak()} MiB`);
}

/** Runs it and says how long it took, of this process's own time: other programs do not count. */
function timed(what, run, note = () => '') {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  row(what, (user + system) / 1000, note(result));
  return result;
}

function files() {
  const whole = large(targets, probes);
  return Array.from({ length: SHARDS }, (_, i) => {
    const file = join(folder, `shard-${i + 1}.json`);
    writeFileSync(file, JSON.stringify(shardOf(whole, i + 1, SHARDS)));
    return file;
  });
}

/** The document as a run would have streamed it. */
function streamOf({ cells, run, ...rest }) {
  const begin = { ...rest, cells: [], run: { ...run, status: 'partial', cells: {}, logs: {} } };
  const results = cells.map((cell) => {
    const trial = run.cells[`${cell.target} ${cell.probe}`];
    return trial ? { cell, trial } : { cell };
  });
  return [{ begin }, ...results, { end: { status: 'complete', durationMs: run.durationMs } }];
}

function later(report) {
  const cells = report.cells.map((cell, i) =>
    i % 40 === 0 && cell.verdict === 'pass' ? { ...cell, verdict: 'fail' } : cell,
  );
  return { ...report, cells };
}

const type = (text) =>
  `const input = document.getElementById('by-text'); input.value = '${text}'; input.dispatchEvent(new Event('input'))`;
const press = (name) =>
  `[...document.querySelectorAll('.toolbar button')].find((one) => one.textContent.includes('${name}')).click()`;
const FILTERS = [
  ['filter: a word of probes', type('close')],
  ['filter: a word of targets', type('nginx')],
  ['filter: nothing', type('')],
  ['filter: failures', press('fail')],
  ['filter: differences too', press('Only differences')],
  ['fold all', press('Fold all')],
  ['clear', press('Clear')],
];

const shards = files();
console.log(
  `${targets} targets × ${probes} probes in ${SHARDS} shards, ${megabytes(shards.reduce((sum, file) => sum + statSync(file).size, 0))}`,
);
for (const file of shards) {
  const entries = streamOf(readReport(readFileSync(file, 'utf8')));
  writeFileSync(file.replace('json', 'ndjson'), entries.map(streamLine).join(''));
}
timed('read streams', () => shards.map((file) => readStream(readFileSync(file.replace('json', 'ndjson'), 'utf8'))));
const parts = timed('read and check', () =>
  shards.map((name) => ({ name, report: readReport(readFileSync(name, 'utf8')) })),
);
const report = timed(
  'merge',
  () => merge(parts),
  ({ cells }) => `${cells.length} cells`,
);
timed(
  'diff',
  () => diffText(diff(report, later(report))),
  (text) => megabytes(text.length),
);
const page = join(folder, 'report.html');
for (const [name, { render }] of Object.entries(reporters)) {
  const text = timed(
    name,
    () => render(report),
    (made) => megabytes(made.length),
  );
  if (name === 'html') writeFileSync(page, text);
}
const tooMuch = peak() > BUDGET;
console.log(`memory: ${peak()} MiB of ${BUDGET} MiB${tooMuch ? ' — TOO MUCH' : ''}`);

const tooSlow = await inBrowser();
rmSync(folder, { recursive: true, force: true });
process.exitCode = tooMuch || tooSlow ? 1 : 0;

/** Opens the page and filters it. @returns whether a filter was too slow */
async function inBrowser() {
  const executablePath = process.env.WSPROOF_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    console.log(`The page was not opened: there is no ${executablePath}.`);
    return false;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const session = await browser.newBrowserCDPSession();
    const cpu = async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return (
        1000 * processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
      );
    };
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const fresh = await cpu();
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    console.log(
      `page opened${' '.repeat(18)}${((await cpu()) - fresh).toFixed(0).padStart(7)} ms of the browser's own time`,
    );
    // Several times: what is left over from opening, and what the machine does besides, is in none of the medians.
    const times = FILTERS.map(() => []);
    const told = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, [, action]] of FILTERS.entries()) {
        const before = await cpu();
        await tab.evaluate(`{ ${action}; document.body.getBoundingClientRect(); }`);
        await tab.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
        times[i].push((await cpu()) - before);
        told[i] = await tab.textContent('[role=status]');
      }
    }
    const medians = times.map((some) => some.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
    for (const [i, [what]] of FILTERS.entries()) {
      console.log(`${what.padEnd(28)} ${medians[i].toFixed(0).padStart(7)} ms  ${told[i]}`);
    }
    const slowest = Math.max(...medians);
    console.log(`filters: at most ${slowest.toFixed(0)} ms of ${PROMPT} ms${slowest > PROMPT ? ' — TOO SLOW' : ''}`);
    return slowest > PROMPT;
  } finally {
    await browser.close();
  }
}
