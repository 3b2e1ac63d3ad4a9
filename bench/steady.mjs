// Whether verdicts hold: the same run again and again, every second one while all cores are kept busy. Prints each cell
// that did not say the same as in the first run, and how the probes fared that needed more than one try.
//
//   npm run build && node bench/steady.mjs [runs] [target...]
//
// Without a target: the transparent relay of the tests, and the embedded http-proxy.
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const MAIN = path('../dist/src/cli/main.js');
const [runs = '100', ...named] = process.argv.slice(2);
const targets = named.length > 0 ? named : [path('../dist/test/cli/proxies/good.js'), 'http-proxy'];

/** Keeps all cores busy until it is stopped. */
function busy() {
  const workers = Array.from({ length: availableParallelism() }, () => new Worker('for (;;);', { eval: true }));
  return () => Promise.all(workers.map((worker) => worker.terminate()));
}

async function matrix() {
  const child = spawn(process.execPath, [MAIN, 'matrix', ...targets, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (part) => (text[name] += part));
  await new Promise((resolve) => child.once('close', resolve));
  if (text.stdout === '') throw new Error(text.stderr);
  return JSON.parse(text.stdout);
}

let first;
let changed = 0;
let again = 0;
for (let run = 1; run <= Number(runs); run++) {
  const rest = run % 2 === 0 ? busy() : undefined;
  const began = performance.now();
  const { cells, run: times } = await matrix();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  await rest?.();
  const verdicts = new Map(
    cells.map(({ target, probe, verdict, symptom }) => [`${target} ${probe}`, `${verdict} ${symptom ?? ''}`]),
  );
  first ??= verdicts;
  const other = [...verdicts].filter(([cell, verdict]) => first.get(cell) !== verdict);
  const tries = Object.entries(times.cells).filter(
    ([cell, { attempts }]) => attempts > 1 && verdicts.get(cell)?.startsWith('pass'),
  );
  changed += other.length;
  again += tries.length;
  console.log(`${run}${rest ? ' (busy)' : ''}: ${cells.length} cells, ${seconds} s, load ${loadavg()[0].toFixed(1)}`);
  for (const [cell, verdict] of other) {
    const { summary, actual = '' } = cells.find(({ target, probe }) => `${target} ${probe}` === cell);
    console.log(`  ${cell}: ${verdict} instead of ${first.get(cell)}: ${summary} ${actual}`);
  }
  for (const [cell] of tries) console.log(`  ${cell}: held at a second look`);
}
console.log(`\n${changed} changed, ${again} held at a second look`);
process.exitCode = changed > 0 ? 1 : 0;
