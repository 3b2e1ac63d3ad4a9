import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { type Scene, sceneQuery } from '../../src/origin/scene.ts';
import { SCENES } from '../../src/origin/scenes.ts';
import { startOrigin } from '../../src/origin/server.ts';
import { DEFLATE_ALONE } from '../../src/wire/deflate.ts';
import { handshake } from '../../src/wire/dial.ts';
import type { HandshakeOptions } from '../../src/wire/endpoint.ts';
import { Opcode } from '../../src/wire/frame.ts';
import type { Field } from '../../src/wire/head.ts';
import { NoAnswer } from '../../src/wire/no-answer.ts';
import { Peer } from '../../src/wire/peer.ts';
import { loopback } from '../proving.ts';
import { Line } from './line.ts';

const WITHIN = 5000;
const origin = await startOrigin();
const endpoint = loopback(origin.port);
after(() => origin.close());

async function ask(scene: Scene, options: HandshakeOptions = {}) {
  const nonce = randomBytes(8).toString('hex');
  const key = randomBytes(16).toString('base64');
  const answer = await handshake(endpoint, key, {
    target: `/?${sceneQuery(nonce, scene)}`,
    within: WITHIN,
    ...options,
  });
  return { nonce, answer };
}

/** An open WebSocket in which the origin plays this scene. */
async function open(scene: Scene, options?: HandshakeOptions) {
  const { nonce, answer } = await ask(scene, options);
  assert.ok(answer.switched, answer.response.start);
  const deflate = answer.response.has('sec-websocket-extensions');
  return { nonce, answer, peer: new Peer(answer.link, { role: 'client', deflate }, answer.rest) };
}

describe('the origin plays', () => {
  it('echo, also for a part that it does not know', async () => {
    for (const play of ['echo', 'no-such-part', 'constructor']) {
      const { peer } = await open({ play });
      peer.send('hello');
      assert.equal(`${(await peer.receive(WITHIN)).data}`, 'hello');
    }
  });

  it('echo in fragments', async () => {
    const { peer } = await open({ fragments: 3 });
    peer.send('hello');
    const { data, frames } = await peer.receive(WITHIN);
    assert.deepEqual([`${data}`, frames], ['hello', 3]);
  });

  it('echo, compressed when that was agreed upon', async () => {
    const fields: Field[] = [['Sec-WebSocket-Extensions', DEFLATE_ALONE]];
    const { answer } = await open({}, { fields });
    assert.ok(!answer.response.has('sec-websocket-extensions'), 'it agrees only when it is told to');
    const { peer } = await open({ deflate: true }, { fields });
    peer.send('plain');
    assert.ok(!(await peer.receive(WITHIN)).compressed);
  });

  it('drip, each message in pieces, and in as many frames as it is told to', async () => {
    const { peer } = await open({ play: 'drip', size: 1, fragments: 2 });
    peer.send('bit by bit');
    const { data, frames, type } = await peer.receive(WITHIN);
    assert.deepEqual([`${data}`, frames, type], ['bit by bit', 2, 'text']);
  });

  it('silent', async () => {
    const { nonce, peer } = await open({ play: 'silent' });
    peer.send('hello');
    await origin.journal.until(nonce, ({ messages }) => messages === 1, WITHIN, 'a message');
    assert.deepEqual(
      peer.frames.filter(({ way }) => way === 'received'),
      [],
    );
  });

  it('greet, first and unasked', async () => {
    const { peer } = await open({ play: 'greet', text: 'welcome', delay: 10 });
    assert.equal(`${(await peer.receive(WITHIN)).data}`, 'welcome');
  });

  it('a greeting that stands right behind the 101', async () => {
    const { answer } = await ask({ greeting: 'welcome', split: true });
    const peer = new Peer(answer.link, { role: 'client' }, answer.rest);
    assert.equal(`${(await peer.receive(WITHIN)).data}`, 'welcome');
  });

  it('ping, as often as it is told', async () => {
    const { peer, nonce } = await open({ play: 'ping', count: 3, text: 'here?', delay: 1 });
    for (let i = 0; i < 3; i++) {
      assert.equal(`${(await peer.control(Opcode.ping, WITHIN, 'a ping')).payload}`, 'here?');
    }
    const pongs = ({ opcode, way }: { opcode: number; way: string }): boolean =>
      opcode === Opcode.pong && way === 'received';
    await origin.journal.until(nonce, ({ frames }) => frames.filter(pongs).length === 3, WITHIN, 'three pongs');
  });

  it('close, with a code and a reason, or with neither', async () => {
    for (const [scene, code, reason] of [
      [{ play: 'close', code: 4000, closeReason: 'enough' }, 4000, 'enough'],
      [{ play: 'close' }, undefined, ''],
    ] as const) {
      const closing = await (await open(scene)).peer.closed(WITHIN);
      assert.deepEqual([closing.code, closing.reason, closing.frame, closing.ending.how], [code, reason, true, 'fin']);
    }
  });

  it('close, reset, vanish and farewell at the first message', async () => {
    for (const [play, how, code] of [
      ['close-on-message', 'fin', 4001],
      ['reset', 'rst', undefined],
      ['vanish', 'fin', undefined],
      ['farewell', 'fin', 4001],
    ] as const) {
      const { peer } = await open({ play, code: 4001 });
      peer.send('now');
      const closing = await peer.closed(WITHIN);
      assert.deepEqual([closing.ending.how, closing.code], [how, code], play);
    }
  });

  it('push and farewell, with all that they are told to send', async () => {
    for (const play of ['push', 'farewell']) {
      const { peer } = await open({ play, count: 50, size: 1000 });
      if (play === 'farewell') peer.send('now');
      for (let i = 0; i < 50; i++) {
        const { data } = await peer.receive(WITHIN);
        assert.deepEqual([data.length, data.toString().split(' ')[0]], [1000, `${i}`]);
      }
    }
  });

  it('persist, also for a client that has ended its side', async () => {
    const { peer } = await open({ play: 'persist', count: 3 });
    peer.send('now');
    peer.link.finish();
    for (let i = 0; i < 3; i++) assert.match((await peer.receive(WITHIN)).data.toString(), new RegExp(`^${i} `));
    assert.equal((await peer.closed(WITHIN)).ending.how, 'fin');
  });

  it('reject, with status, reason, fields and body, by length or in chunks', async () => {
    for (const chunked of [false, true]) {
      const fields: Field[] = [['X-Why', 'because']];
      const { answer } = await ask({ play: 'reject', status: 401, reason: 'No', body: 'shut', fields, chunked });
      assert.deepEqual([answer.response.start, answer.response.get('x-why')], ['HTTP/1.1 401 No', 'because']);
      assert.equal(answer.response.has('transfer-encoding'), chunked);
      answer.dispose();
    }
  });

  it('drop, abort and raw, in place of an answer', async () => {
    const answered = (kind: RegExp) => (error: unknown) => error instanceof NoAnswer && kind.test(error.actual);
    await assert.rejects(ask({ play: 'drop' }), answered(/FIN/));
    await assert.rejects(ask({ play: 'abort' }), answered(/RST/));
    const raw = Buffer.from('HTTP/1.1 299 Odd\r\n\r\n').toString('base64url');
    assert.equal((await ask({ play: 'raw', raw })).answer.response.start, 'HTTP/1.1 299 Odd');
  });

  it('switch, asked for or not, with fields of the scene, until bytes come or the stall is ended', async () => {
    const fields: Field[] = [
      ['Upgrade', 'other'],
      ['Sec-WebSocket-Accept', ''],
    ];
    for (const end of ['bytes', 'resume']) {
      const { nonce, answer } = await ask({ play: 'switch', fields }, { plain: true });
      assert.equal(answer.response.status, 101);
      assert.deepEqual(answer.response.all('upgrade'), ['other']);
      assert.ok(!answer.response.has('sec-websocket-accept'));
      if (end === 'bytes') answer.link.write(Buffer.from('bytes'));
      else await origin.journal.resume(nonce);
      const { stray } = await origin.journal.until(nonce, ({ left }) => left !== undefined, WITHIN, 'the end');
      assert.equal(stray, end === 'bytes' ? 5 : undefined);
      answer.dispose();
    }
  });

  it('late, and notes who did not wait', async () => {
    const line = await Line.to(origin.port);
    line.write('GET /?nonce=impatient&scene=echo&late=60000 HTTP/1.1\r\nHost: a\r\n\r\n');
    await origin.journal.until('impatient', () => true, WITHIN, 'the request');
    line.socket.resetAndDestroy();
    const seen = await origin.journal.until('impatient', ({ ending }) => ending !== undefined, WITHIN, 'the end');
    assert.deepEqual([seen.ending!.how, seen.reply], ['rst', undefined]);
  });

  it('each part under a name of its own', () => assert.deepEqual(SCENES, [...new Set(SCENES)]));
});

describe('the origin survives', () => {
  it('numbers that no frame has room for', async () => {
    for (const query of [
      'close-on-message&code=70000',
      'close&code=99999',
      'farewell&code=70000',
      'ping&count=99999999',
    ]) {
      const key = randomBytes(16).toString('base64');
      const answer = await handshake(endpoint, key, { target: `/?nonce=odd&scene=${query}`, within: WITHIN });
      const peer = new Peer(answer.link, { role: 'client' }, answer.rest);
      peer.send('now');
      peer.link.reset();
      await peer.closed(WITHIN);
    }
    const { peer } = await open({});
    peer.send('still there?');
    await peer.receive(WITHIN);
  });

  it('a close reason that is too long, and gives its own connection up for a message that it cannot answer', async () => {
    const { peer } = await open({ play: 'close', code: 1000, closeReason: 'a'.repeat(200) });
    await peer.closed(WITHIN);
    assert.match(peer.violation!, /control frame of 202 bytes/);
  });

  it('early frames, which it answers once it has switched', async () => {
    const line = await Line.to(origin.port);
    const head = [
      'GET /?nonce=early&scene=echo&late=20 HTTP/1.1',
      'Host: a',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ].join('\r\n');
    line.write(`${head}\x81\x85\x00\x00\x00\x00early`);
    assert.match(await line.until('\x81\x05early'), /101 Switching Protocols/);
    assert.equal((await origin.journal.all('early'))[0]!.early, 11);
  });
});
