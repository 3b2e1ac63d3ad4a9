import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Guard } from '../../src/origin/guard.ts';
import { startOrigin } from '../../src/origin/server.ts';
import { OriginToken } from '../../src/origin/token.ts';
import type { Report } from '../../src/report/document.ts';
import { ended, folder, says, start, wsproof } from '../cli/spawn.ts';
import dropsUpgrade from '../mutants/drops-upgrade.ts';
import { relay } from '../mutants/relay.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';
const env = { WSPROOF_TOKEN: TOKEN };
/** Of each kind one: what the origin saw, when it saw it, what it is told past the proxy, and what it does by itself. */
const PROBES = [
  ...['handshake/accept-key', 'messages/text', 'close/origin-resets', 'fallback/server-sent-events'],
  ...['backpressure/origin-reads-again', 'rejection/101-accept', 'headers/token-in-query'],
].join(',');

const guard = new Guard();
const origin = await startOrigin({ guard, token: new OriginToken(TOKEN) });
const there = { origin: { host: '127.0.0.1', port: origin.port }, variant: 'websocket' };
const good = await relay('good').start(there);
const dropping = await dropsUpgrade.proxy.start(there);
after(async () => {
  await Promise.all([good.close(), dropping.close()]);
  await origin.close();
  guard.close();
});

const probe = (proxy: typeof good, ...args: string[]) => [
  ...['probe', `ws://127.0.0.1:${proxy.ports.ws}/app`, '--origin', 'remote'],
  ...args,
];

describe('--origin remote', () => {
  it('probes a proxy from both ends, though the origin runs elsewhere', async () => {
    const { code, stdout, stderr } = await wsproof(probe(good, '--probe', PROBES, '--json'), { env });
    assert.equal(code, 0, stdout + stderr);
    const { cells } = JSON.parse(stdout) as Report;
    assert.deepEqual(
      cells.filter(({ verdict }) => verdict !== 'pass').map(({ probe: id, verdict }) => `${id} ${verdict}`),
      [],
    );
    assert.ok(cells.length >= PROBES.split(',').length);
  });

  it('names the cause from what the origin saw, and keeps the token to itself', async () => {
    const { code, stdout } = await wsproof(probe(dropping, '--probe', 'handshake/upgrade', '--json'), { env });
    assert.equal(code, 1);
    const [cell] = (JSON.parse(stdout) as Report).cells;
    assert.equal(cell!.symptom, 'upgrade-headers-dropped');
    assert.match(cell!.reproduce!, / --origin remote --probe /);
    assert.match(cell!.evidence!.originSaw!.start, /&sig=<masked A, \d+ bytes> HTTP/);
    assert.doesNotMatch(stdout, new RegExp(TOKEN));
  });

  it('asks nothing of an origin that has another token', async () => {
    const { code, stdout } = await wsproof(probe(good, '--probe', 'handshake/upgrade'), {
      env: { WSPROOF_TOKEN: TOKEN.replace('0', 'f') },
    });
    assert.equal(code, 3);
    assert.match(stdout.replace(/\s+/g, ' '), /An origin with another token, or another time, answered/);
  });

  it('needs a token that nobody guesses', async (test) => {
    const none = await wsproof(probe(good));
    assert.equal(none.code, 2);
    assert.match(
      none.stderr,
      /needs the token that wsproof serve was started with: --token-file FILE, or WSPROOF_TOKEN/,
    );
    const file = join(await folder(test), 'token');
    await writeFile(file, 'short\n');
    const short = await wsproof(probe(good, '--token-file', file));
    assert.equal(short.code, 2);
    assert.match(short.stderr, /a token has 32 characters at least\. `openssl rand -hex 32` makes one/);
    assert.doesNotMatch(short.stderr, /short/);
    const idle = await wsproof(['probe', 'http-proxy', '--token-file', file]);
    assert.match(idle.stderr, /--token-file is for addresses with --origin remote/);
  });
});

describe('serve with a token', () => {
  it('listens beyond this machine, and is no --trusted one', async (test) => {
    const file = join(await folder(test), 'token');
    await writeFile(file, `${TOKEN}\n`);
    const serve = ['serve', '--host', '0.0.0.0', '--port', '0', '--token-file', file];
    const both = await wsproof([...serve, '--trusted']);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /With --trusted anybody may do what a token is for/);
    const child = start(serve);
    const port = Number(/:(\d+)\n/.exec(await says(child, 'stdout', /\n/))![1]);
    const { code, stdout } = await wsproof([
      'probe',
      `ws://127.0.0.1:${port}/`,
      '--origin',
      'remote',
      '--probe',
      'handshake/upgrade',
      '--token-file',
      file,
    ]);
    const end = ended(child);
    child.kill('SIGTERM');
    assert.equal(code, 0, stdout);
    assert.equal((await end).code, 0);
  });
});
