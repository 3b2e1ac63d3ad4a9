// How long the quick preset takes against the embedded http-proxy: in all, its longest cell, and one against the other.
// The aim is under 8 s, and at most 1.5 times the longest cell, on a machine that has nothing else to do.
//
//   npm run build && node bench/quick.mjs [runs] [target]
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const [runs = '5', target = 'http-proxy'] = process.argv.slice(2);

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`.padStart(8);

console.log(`the load is ${loadavg()[0].toFixed(1)}; on an idle machine it is below 0.5\n`);
console.log('   whole  longest cell');
for (let run = 0; run < Number(runs); run++) {
  const began = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [MAIN, 'probe', target, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  const whole = performance.now() - began;
  if (stdout === '') throw new Error(stderr);
  const cells = Object.entries(JSON.parse(stdout).run.cells);
  const [name, { durationMs }] = cells.reduce((one, other) => (other[1].durationMs > one[1].durationMs ? other : one));
  const ratio = (whole / durationMs).toFixed(2);
  console.log(`${seconds(whole)}  ${seconds(durationMs)}  ratio ${ratio}, ${cells.length} cells, longest ${name}`);
}
