import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { reportSchema } from '../../src/report/document.ts';
import { cleanEnv, type Ended, ended, folder, MAIN, proxy, says, spawned, start, wsproof } from '../cli/spawn.ts';
import { makeCell, makeReport } from '../report/documents.ts';

/** A script that is loaded in front of the program. */
const preload = (script: string): { env: NodeJS.ProcessEnv } => ({
  env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` },
});

/** Waits until the file says this; it is written anew again and again. */
async function until(file: string, words: RegExp): Promise<string> {
  const changes = watch(dirname(file));
  try {
    for (;;) {
      // It has to be asked for before the look, or a change between the look and the question would be missed.
      const change = once(changes, 'change');
      const text = await readFile(file, 'utf8').catch(() => '');
      if (words.test(text)) return text;
      await change;
    }
  } finally {
    changes.close();
  }
}

const STALLED = [proxy('good'), proxy('stalling'), '--probe', 'handshake/upgrade', '--timeout', '1m'];

describe('the end of a run', { concurrency: 4 }, () => {
  /** Lets a run go on until it knows something, and ends it with this signal. */
  const keepsWhatItKnows = async (
    test: TestContext,
    signal: NodeJS.Signals,
    code: number,
    begin: (args: string[]) => { pid: number; end: Promise<Ended> },
  ): Promise<void> => {
    const file = join(await folder(test), 'report.json');
    const { pid, end } = begin(['probe', ...STALLED, '--reporter', `json=${file}`]);
    await until(file, /"verdict": "pass"/);
    process.kill(pid, signal);
    const { code: actual, stdout, stderr } = await end;
    assert.equal(actual, code, stderr);
    assert.match(stderr, new RegExp(`${signal}: stopping`));
    assert.match(stdout, /The run was stopped before its end/);
    const report = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    assert.equal(report.run.status, 'partial');
    assert.deepEqual(
      report.cells.map(({ verdict }) => verdict),
      ['pass', 'skip'],
    );
    assert.deepEqual(await readdir(join(file, '..')), ['report.json']);
  };

  it('keeps what it knows and ends with 130 after a SIGINT', (test) =>
    keepsWhatItKnows(test, 'SIGINT', 130, (args) => {
      const child = start(args);
      return { pid: child.pid!, end: ended(child) };
    }));

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    // In this process, where no other run may go on that would hear it as well.
    it(`keeps what it knows and comes to ${code} after a ${signal}`, (test) =>
      keepsWhatItKnows(test, signal, code, (args) => ({ pid: process.pid, end: wsproof(args, { env: {} }) })));
  }

  it('ends at once after a second signal', async (test) => {
    const file = join(await folder(test), 'report.json');
    const child = start(['probe', proxy('good'), proxy('stubborn'), ...STALLED.slice(2), '--reporter', `json=${file}`]);
    await until(file, /"verdict": "pass"/);
    child.kill('SIGINT');
    await says(child, 'stderr', /stopping/);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    assert.equal(code, 130);
  });

  it('leaves a report that can be read when it is killed', async (test) => {
    const file = join(await folder(test), 'report.json');
    const child = start(['probe', ...STALLED, '--reporter', `json=${file}`]);
    const end = ended(child);
    await until(file, /"verdict": "pass"/);
    child.kill('SIGKILL');
    await end;
    const { code, stdout } = await wsproof(['report', file]);
    assert.equal(code, 4);
    assert.match(stdout, /✓ +·|✓ +–/);
    assert.match(stdout, /The run was stopped before its end/);
  });

  /** A script of the shell, to which the program is "$0" "$1". */
  const shell = (script: string, ...args: string[]): Promise<Ended> =>
    ended(spawn('sh', ['-c', script, process.execPath, MAIN, ...args], { env: cleanEnv() }));

  it('is no success when stdout is full', {
    skip: process.platform !== 'linux' && 'there is no /dev/full',
  }, async () => {
    const { code, stderr } = await shell('exec "$0" "$1" list probes > /dev/full');
    assert.equal(code, 4);
    assert.match(stderr, /stdout could not be written: .*no space left/);
  });

  it('is no success when a report cannot be written', {
    skip: process.platform !== 'linux' && 'there is no /dev/full',
  }, async (test) => {
    const file = join(await folder(test), 'report.json');
    await writeFile(file, JSON.stringify(makeReport({ cells: [makeCell()] })));
    const { code, stderr, stdout } = await wsproof(['report', file, '--reporter', 'json=/dev/full']);
    assert.equal(code, 4);
    assert.match(stderr, /could not be written to \/dev\/full: .*no space left/);
    assert.match(stdout, /No findings/);
  });

  it('leaves what stdout is redirected to as it is, when a report goes there as well', {
    skip: process.platform === 'win32' && 'there is no /dev/stdout',
  }, async (test) => {
    const log = join(await folder(test), 'log');
    const script = `{ echo before; "$0" "$1" report test/golden/report.json --reporter github=/dev/stdout; echo after; } > "$2"`;
    await shell(script, log);
    assert.match(await readFile(log, 'utf8'), /^before\n::error [\s\S]*\n[^:][\s\S]* targets[\s\S]*\nafter\n$/);
  });

  it('is quiet when nobody reads on', async () => {
    const child = start(['list', 'probes']);
    child.stdout!.destroy();
    const { code, stderr } = await ended(child);
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('comes whole through a slow pipe', async () => {
    const child = start(['report', 'test/golden/report.json', '--json']);
    await once(child.stdout!, 'readable');
    const { stdout } = await ended(child);
    assert.equal(JSON.parse(stdout).schemaVersion, 1);
  });

  it('is a bug of ours after an error that nobody caught', async () => {
    const { code, stderr } = await spawned(
      ['serve', '--port', '0'],
      preload("setTimeout(() => { throw new Error('an oversight') }, 300)"),
    );
    assert.equal(code, 70);
    assert.match(stderr, /This is a bug of wsproof[\s\S]*an oversight[\s\S]* at /);
  });

  it('is a bug of ours when something is awaited that cannot come', async () => {
    const { code, stderr } = await spawned(['list', 'probes'], preload('process.stdout.write = () => true'));
    assert.equal(code, 70);
    assert.match(stderr, /ended before its work was done/);
  });
});

describe('serve', () => {
  it('says where it listens, answers there, and ends in order', async () => {
    const child = start(['serve', '--port', '0', '--tls-port', '0']);
    const text = await says(child, 'stdout', /wss:\/\/127\.0\.0\.1:\d+\n/);
    const port = Number(/^ws:\/\/127\.0\.0\.1:(\d+)$/m.exec(text)![1]);
    const socket = connect(port, '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: origin\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 200 OK\r\nX-Wsproof-Origin: /);
    const end = ended(child);
    child.kill('SIGTERM');
    assert.equal((await end).code, 0);
  });

  it('wants to be told what strangers are to get', async () => {
    for (const [flags, message] of [
      [[], /0\.0\.0\.0 can be reached from other machines\. Say --public.* --token-file FILE.* or --trusted/],
      [['--public', '--trusted'], /exclude each other/],
    ] as const) {
      const { code, stderr } = await wsproof(['serve', '--host', '0.0.0.0', '--port', '0', ...flags]);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });

  it('tells strangers nothing of their request with --public', async () => {
    const child = start(['serve', '--host', '0.0.0.0', '--port', '0', '--public']);
    const port = Number(/:(\d+)\n/.exec(await says(child, 'stdout', /\n/))![1]);
    const socket = connect(port, '127.0.0.1');
    socket.end('GET /?scene=reject&status=403 HTTP/1.1\r\nHost: origin\r\nX-Secret: 1\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 200 OK\r\n/);
    assert.doesNotMatch(answer.toString(), /Secret/);
    const end = ended(child);
    child.kill('SIGTERM');
    assert.equal((await end).code, 0);
  });

  it('says that a port is taken', async (test) => {
    const first = start(['serve', '--port', '0']);
    test.after(() => first.kill());
    const port = /:(\d+)\n/.exec(await says(first, 'stdout', /\n/))![1]!;
    const { code, stderr } = await wsproof(['serve', '--port', port]);
    assert.equal(code, 3);
    assert.match(stderr, /EADDRINUSE.*choose another port/);
  });
});
