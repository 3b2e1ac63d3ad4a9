import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Route } from '../../src/proxies/forwarder-process.ts';

const PROGRAM = fileURLToPath(new URL('../../src/proxies/forwarder-process.js', import.meta.url));

const start = (routes: readonly Route[]): ChildProcess => spawn(process.execPath, [PROGRAM, JSON.stringify(routes)]);

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a forwarder', () => {
  const far = createServer({ allowHalfOpen: true });
  let forwarder: ChildProcess;
  let port: number;
  before(async () => {
    far.listen(0, '127.0.0.1');
    await once(far, 'listening');
    port = await freePort();
    const to = { host: '127.0.0.1', port: (far.address() as AddressInfo).port };
    forwarder = start([{ from: { host: '127.0.0.1', port }, to }]);
    await once(forwarder.stdout!, 'data');
  });
  after(async () => {
    forwarder.kill();
    await once(forwarder, 'exit');
    far.close();
  });

  async function pair(): Promise<[near: Socket, far: Socket]> {
    const accepted = once(far, 'connection');
    const near = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const [other] = (await accepted) as [Socket];
    for (const socket of [near, other]) socket.on('error', () => {});
    return [near, other];
  }

  /** All until the other side ends; this one stays open. */
  async function heard(socket: Socket): Promise<string> {
    let said = '';
    socket.on('data', (chunk) => {
      said += String(chunk);
    });
    await once(socket, 'end');
    return said;
  }

  it('passes bytes on both ways, and each end by itself', async () => {
    const [near, other] = await pair();
    near.end('to there');
    assert.equal(await heard(other), 'to there');
    other.end('and back');
    assert.equal(await heard(near), 'and back');
  });

  it('passes a reset on as a reset, from either side', async () => {
    for (const order of [0, 1]) {
      const both = await pair();
      const [from, to] = order === 0 ? both : both.reverse();
      const error = once(to!, 'error');
      from!.write('x');
      await once(to!, 'data');
      from!.resetAndDestroy();
      assert.equal(((await error)[0] as NodeJS.ErrnoException).code, 'ECONNRESET');
    }
  });

  it('says why it cannot listen, and ends', async () => {
    const taken = start([{ from: { host: '127.0.0.1', port }, to: { host: '127.0.0.1', port } }]);
    const said = text(taken.stderr!);
    const [code] = await once(taken, 'exit');
    assert.equal(code, 1);
    assert.match(await said, /EADDRINUSE/);
  });
});
