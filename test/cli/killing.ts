import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { readStream } from '../../src/report/stream.ts';
import { folder, proxy, spawned, wsproof } from './spawn.ts';

/** A run with two targets, one of which has findings. */
const ARGS = [
  ...['matrix', proxy('dropping'), 'http-proxy', '--timeout', '10s'],
  ...['--probe', 'handshake/upgrade,handshake/connection-*,headers/*,messages/text,close/client-code'],
];

/** Kills the process while it writes its results, when this many bytes of them are written: in the middle of a line. */
const killAfter = (bytes: number): NodeJS.ProcessEnv => {
  const script = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const append = fs.appendFileSync;
    let left = ${bytes};
    fs.appendFileSync = (file, text) => {
      const some = Buffer.from(text).subarray(0, left);
      left -= some.length;
      append(file, some);
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    };
    syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` };
};

const names = ({ cells }: Report): string[] => cells.map(({ target, probe }) => `${target} ${probe}`);
const known = ({ cells }: Report): Report['cells'] => cells.filter(({ verdict }) => verdict !== 'skip');

/** Runs it to its end, kills it at so many points that chance has chosen, and looks at what each of them has left. */
export async function killedAt(count: number, test: TestContext): Promise<void> {
  const path = await folder(test);
  const file = (name: string): string => join(path, name);
  const whole = await wsproof([...ARGS, '--stream', file('whole.ndjson'), '--reporter', `json=${file('whole.json')}`]);
  assert.equal(whole.code, 1, whole.stderr);
  const stream = await readFile(file('whole.ndjson'), 'utf8');
  const complete = reportSchema.parse(JSON.parse(await readFile(file('whole.json'), 'utf8')));
  const again = await wsproof(['report', file('whole.ndjson'), '--json']);
  assert.deepEqual(JSON.parse(again.stdout), complete, 'the stream of a whole run is its report');

  const first = stream.indexOf('\n') + 1;
  // Times are of another length each time, so that the last bytes may not be written at all.
  const points = Array.from(
    { length: count },
    () => first + Math.floor(Math.random() * (0.95 * stream.length - first)),
  );
  const kill = async (at: number, i: number): Promise<void> => {
    const told = `killed at byte ${at} of ${stream.length}`;
    const [lines, document] = [file(`${i}.ndjson`), file(`${i}.json`)];
    const args = [...ARGS, '--stream', lines, '--reporter', `json=${document}`];
    assert.equal((await spawned(args, { env: killAfter(at) })).code, null, told);
    const report = reportSchema.parse(readStream(await readFile(lines, 'utf8')));
    assert.equal(report.run.status, 'partial', told);
    assert.deepEqual(names(report), names(complete), told);
    for (const cell of known(report)) {
      const same = complete.cells.find(({ target, probe }) => target === cell.target && probe === cell.probe);
      assert.deepEqual(cell, same, told);
    }
    // The document is written less often than the stream, and whole each time.
    const written = await readFile(document, 'utf8').catch(() => undefined);
    if (written !== undefined) reportSchema.parse(JSON.parse(written));
  };
  const queue = points.entries();
  const worker = async (): Promise<void> => {
    for (const [i, at] of queue) await kill(at, i);
  };
  await Promise.all([worker(), worker(), worker()]);
}
