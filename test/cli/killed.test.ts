import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { readStream } from '../../src/report/stream.ts';
import { folder, proxy, spawned, wsproof } from './spawn.ts';

/** How often a run is killed. */
const POINTS = 20;
const ARGS = [
  ...['matrix', proxy('good'), proxy('dropping'), 'http-proxy', '--timeout', '10s'],
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

describe('a run that is killed', { concurrency: 2 }, () => {
  it(`leaves a report that can be read, at ${POINTS} points of it`, async (test) => {
    const path = await folder(test);
    const file = (name: string): string => join(path, name);
    const whole = await wsproof([
      ...ARGS,
      '--stream',
      file('whole.ndjson'),
      '--reporter',
      `json=${file('whole.json')}`,
    ]);
    assert.equal(whole.code, 1, whole.stderr);
    const stream = await readFile(file('whole.ndjson'), 'utf8');
    const complete = reportSchema.parse(JSON.parse(await readFile(file('whole.json'), 'utf8')));
    const again = await wsproof(['report', file('whole.ndjson'), '--json']);
    assert.deepEqual(JSON.parse(again.stdout), complete, 'the stream of a whole run is its report');

    const first = stream.indexOf('\n') + 1;
    // Times are of another length each time, so that the last bytes may not be written at all.
    const points = Array.from(
      { length: POINTS },
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
  });

  it('says in words that it is partial', async (test) => {
    const path = await folder(test);
    const lines = join(path, 'results.ndjson');
    await wsproof([...ARGS, '--stream', lines]);
    const text = await readFile(lines, 'utf8');
    await writeFile(lines, text.slice(0, text.length / 2));
    const { code, stdout } = await wsproof(['report', lines]);
    assert.ok(code === 4 || code === 1, `${code}`);
    assert.match(stdout.replaceAll('\n', ' '), /The run was stopped before its end\./);
  });

  it('is told when its results cannot be kept', {
    skip: process.platform !== 'linux' && 'there is no /dev/full',
  }, async () => {
    const { code, stderr } = await wsproof(['probe', '--probe', 'handshake/upgrade', '--stream', '/dev/full']);
    assert.equal(code, 4);
    assert.match(stderr, /The results could not be written to \/dev\/full: .*no space left/);
  });
});
