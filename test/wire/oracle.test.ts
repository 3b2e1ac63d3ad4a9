import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import WebSocket, { WebSocketServer } from 'ws';
import { sceneQuery } from '../../src/origin/scene.ts';
import { startOrigin } from '../../src/origin/server.ts';
import { DEFLATE_ALONE, deflateMessage } from '../../src/wire/deflate.ts';
import { handshake } from '../../src/wire/dial.ts';
import { Opcode } from '../../src/wire/frame.ts';
import { acceptFor } from '../../src/wire/handshake.ts';
import { Peer } from '../../src/wire/peer.ts';
import { loopback } from '../proving.ts';

// Our own client and server are made to break rules. That they can keep them is for somebody else to say: `ws`, which
// shares no line with them and fails a connection for whatever RFC 6455 forbids.

const WITHIN = 5000;
const SIZES = [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000];

/** Our client, connected to an echo of `ws`. */
async function clientOf(test: TestContext, deflate = false) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: deflate });
  test.after(() => server.close());
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[WebSocket]>;
  const key = randomBytes(16).toString('base64');
  const fields = deflate ? [['Sec-WebSocket-Extensions', DEFLATE_ALONE] as const] : [];
  const answer = await handshake(loopback((server.address() as AddressInfo).port), key, { target: '/', fields });
  test.after(() => answer.dispose());
  assert.equal(answer.response.status, 101);
  assert.equal(answer.response.get('sec-websocket-accept'), acceptFor(key));
  const peer = new Peer(answer.link, { role: 'client', deflate }, answer.rest);
  const [socket] = await accepted;
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  return { peer, socket };
}

/** A client of `ws`, connected to our origin. */
async function originOf(test: TestContext, scene: Parameters<typeof sceneQuery>[1] = {}, protocols: string[] = []) {
  const origin = await startOrigin();
  test.after(() => origin.close());
  const socket = new WebSocket(`ws://127.0.0.1:${origin.port}/?${sceneQuery('oracle', scene)}`, protocols, {
    perMessageDeflate: scene?.deflate ? { clientNoContextTakeover: true, serverNoContextTakeover: true } : false,
  });
  test.after(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

describe('our client, with the server of ws', () => {
  it('exchanges messages of all forms of the length', async (test) => {
    const { peer } = await clientOf(test);
    for (const size of SIZES) {
      const data = randomBytes(size);
      peer.send(data, { fragments: size > 1 ? 3 : 1 });
      assert.ok((await peer.receive(WITHIN)).data.equals(data), `${size} bytes`);
    }
    peer.send('Grüße, 日本 😀');
    const { type, data } = await peer.receive(WITHIN);
    assert.deepEqual([type, data.toString()], ['text', 'Grüße, 日本 😀']);
  });

  it('exchanges compressed messages', async (test) => {
    const { peer, socket } = await clientOf(test, true);
    assert.match(socket.extensions, /permessage-deflate/);
    const data = Buffer.from('again '.repeat(1000));
    peer.sendFrame({ opcode: Opcode.binary, rsv: 4, payload: deflateMessage(data) });
    assert.ok((await peer.receive(WITHIN)).data.equals(data));
  });

  it('pings, and answers pings', async (test) => {
    const { peer, socket } = await clientOf(test);
    peer.sendFrame({ opcode: Opcode.ping, payload: Buffer.from('are you there') });
    assert.equal((await peer.control(Opcode.pong, WITHIN, 'a pong')).payload.toString(), 'are you there');
    const pong = once(socket, 'pong');
    socket.ping('and you');
    assert.equal(String((await pong)[0]), 'and you');
  });

  it('closes, and answers a close', async (test) => {
    const first = await clientOf(test);
    const heard = once(first.socket, 'close');
    const closing = await first.peer.close(WITHIN, 4001, 'moved on');
    assert.deepEqual((await heard).map(String), ['4001', 'moved on']);
    assert.deepEqual([closing.code, closing.ending.how], [4001, 'fin']);

    const second = await clientOf(test);
    const gone = once(second.socket, 'close');
    second.socket.close(3999, 'enough');
    const { code, reason, ending } = await second.peer.closed(WITHIN);
    assert.deepEqual([code, reason, ending.how], [3999, 'enough', 'fin']);
    assert.equal((await gone)[0], 3999);
  });
});

describe('the origin, with the client of ws', () => {
  it('echoes messages of all forms of the length', async (test) => {
    const socket = await originOf(test);
    for (const size of SIZES) {
      const data = randomBytes(size);
      socket.send(data);
      const [echo, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
      assert.ok(isBinary && echo.equals(data), `${size} bytes`);
    }
  });

  it('agrees to compression and echoes compressed', async (test) => {
    const socket = await originOf(test, { deflate: true });
    assert.match(socket.extensions, /permessage-deflate/);
    socket.send('again '.repeat(1000));
    const [echo] = (await once(socket, 'message')) as [Buffer];
    assert.equal(echo.toString(), 'again '.repeat(1000));
  });

  it('chooses the subprotocol that its scene wants', async (test) => {
    assert.equal((await originOf(test, { protocol: 'b' }, ['a', 'b'])).protocol, 'b');
  });

  it('answers pings and closes', async (test) => {
    const socket = await originOf(test);
    socket.ping('there?');
    assert.equal(String((await once(socket, 'pong'))[0]), 'there?');
    socket.close(4321, 'bye');
    assert.equal((await once(socket, 'close'))[0], 4321);
  });
});
