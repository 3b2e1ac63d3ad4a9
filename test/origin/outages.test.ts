import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { startOrigin } from '../../src/origin/server.ts';

const origin = await startOrigin();
const open = async (): Promise<Socket> => {
  const socket = connect(origin.port, '127.0.0.1');
  await once(socket, 'connect');
  // A reset that nobody waits for is none of the test's business.
  return socket.on('error', () => {});
};
const refused = { code: 'ECONNREFUSED' };

/** The status line of the answer to a request. */
async function ask(socket: Socket): Promise<string> {
  socket.write('GET /?scene=poll HTTP/1.1\r\nHost: origin\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString().split('\r\n')[0]!;
}

describe('an origin', () => {
  after(() => origin.close());

  it('that drains serves the connections that it has, and takes no others until it is up again', async () => {
    const socket = await open();
    assert.equal(await ask(socket), 'HTTP/1.1 200 OK');
    await origin.drain();
    await assert.rejects(open(), refused);
    assert.equal(await ask(socket), 'HTTP/1.1 200 OK');
    await origin.up();
    assert.equal(await ask(await open()), 'HTTP/1.1 200 OK');
  });

  it('that goes down resets its connections', async () => {
    const socket = await open();
    const reset = once(socket, 'error');
    await origin.down();
    assert.equal(((await reset)[0] as NodeJS.ErrnoException).code, 'ECONNRESET');
    await assert.rejects(open(), refused);
    await origin.up();
    assert.equal(await ask(await open()), 'HTTP/1.1 200 OK');
  });
});
