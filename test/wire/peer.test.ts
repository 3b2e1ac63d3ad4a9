import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { encodeFrame, type FrameInit, Opcode } from '../../src/wire/frame.ts';
import { type Link, socketLink } from '../../src/wire/link.ts';
import { Peer, type PeerOptions } from '../../src/wire/peer.ts';
import { closeIn } from '../../src/wire/record.ts';
import { Unexpected } from '../../src/wire/unexpected.ts';

const WITHIN = 10_000;
const MASK = Buffer.from([1, 2, 3, 4]);

/** Two links that lead to each other. */
async function links(test: TestContext): Promise<[Link, Link]> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  const [far] = (await once(server, 'connection')) as [Socket];
  test.after(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return [near, far].map((socket) =>
    socketLink(
      socket.on('error', () => {}),
      { onData: () => {} },
    ),
  ) as [Link, Link];
}

/** A peer, and the bare link at the other end of the line. */
async function peerOf(test: TestContext, options: PeerOptions, rest?: Buffer): Promise<[Peer, Link]> {
  const [near, far] = await links(test);
  return [new Peer(near, options, rest), far];
}

const client: PeerOptions = { role: 'client' };
const server: PeerOptions = { role: 'server' };
const put = (link: Link, ...frames: FrameInit[]): void => void link.write(Buffer.concat(frames.map(encodeFrame)));
const text = (payload: string): FrameInit => ({ opcode: Opcode.text, payload: Buffer.from(payload) });
const illegal = (rule: RegExp) => (error: unknown) =>
  error instanceof Unexpected && error.kind === 'protocol' && rule.test(error.actual);

describe('a peer', () => {
  it('hears what came with the head, and answers it', async (test) => {
    const [near, far] = await links(test);
    const heard: string[] = [];
    const rest = encodeFrame({ ...text('early'), mask: MASK });
    const onMessage: PeerOptions['onMessage'] = ({ data }, peer) => {
      heard.push(`${data}`);
      peer.send(`${data} indeed`);
    };
    const origin = new Peer(near, { ...server, onMessage }, rest);
    const other = new Peer(far, client);
    assert.equal(`${(await other.receive(WITHIN)).data}`, 'early indeed');
    assert.deepEqual(heard, ['early']);
    assert.deepEqual(
      origin.frames.map(({ way }) => way),
      ['received', 'sent'],
    );
  });

  it('remembers a frame that was glued to the head', async (test) => {
    const [peer] = await peerOf(test, { ...server, glued: text('hello') });
    assert.deepEqual(
      peer.frames.map(({ way, payload }) => [way, `${payload}`]),
      [['sent', 'hello']],
    );
  });

  it('says at once which rule was broken, also to who waits for something else', async (test) => {
    const [peer, far] = await peerOf(test, client);
    const waiting = [peer.receive(WITHIN), peer.control(Opcode.pong, WITHIN, 'a pong')];
    put(far, { opcode: 3 });
    for (const wait of waiting) await assert.rejects(wait, illegal(/reserved opcode 3/));
    put(far, text('later'));
    await assert.rejects(peer.receive(WITHIN), illegal(/reserved opcode 3/));
  });

  it('notes the first rule that was broken', async (test) => {
    const [peer, far] = await peerOf(test, client);
    put(far, { opcode: Opcode.continuation }, { opcode: Opcode.text, rsv: 4 });
    await assert.rejects(peer.receive(WITHIN), illegal(/continuation of nothing/));
    assert.match(peer.violation!, /continuation of nothing/);
  });

  it('knows a length that is longer than it has to be, and compression that is said of half a message', async (test) => {
    const [peer, far] = await peerOf(test, client);
    far.write(Buffer.from('817e00024f4b', 'hex'));
    await assert.rejects(peer.receive(WITHIN), illegal(/a length of 2 in more bytes than it needs/));
    assert.equal(peer.frames[0]?.overlong, true);
    const [other, beyond] = await peerOf(test, { ...client, deflate: true });
    put(beyond, { ...text('one'), fin: false }, { opcode: Opcode.continuation, rsv: 4 });
    await assert.rejects(other.receive(WITHIN), illegal(/RSV1 on a frame that begins no message/));
  });

  it('gives up a line on which a frame announces too much', async (test) => {
    const [peer, far] = await peerOf(test, client);
    far.write(Buffer.concat([encodeFrame(text('before')), Buffer.from('827f7fffffffffffffff', 'hex')]));
    assert.equal((await far.ended).how, 'rst');
    assert.match(peer.violation!, /announces 9223372036854775807 bytes|announces 9223372036854776000 bytes/);
    assert.deepEqual(
      peer.frames.map(({ payload }) => `${payload}`),
      ['before'],
    );
  });

  it('answers pings and closes by itself, with their payload and code', async (test) => {
    const [near, far] = await links(test);
    const [one, other] = [new Peer(near, client), new Peer(far, server)];
    other.sendFrame({ opcode: Opcode.ping, payload: Buffer.from('here?') });
    assert.equal(`${(await other.control(Opcode.pong, WITHIN, 'a pong')).payload}`, 'here?');
    const closing = await other.close(WITHIN, 4000, 'enough');
    assert.deepEqual([closing.code, closing.reason, closing.frame, closing.ending.how], [4000, '', true, 'fin']);
    assert.equal(closeIn(one.frames, 'received')!.reason, 'enough');
    assert.equal(one.frames.filter(({ opcode, way }) => opcode === Opcode.close && way === 'sent').length, 1);
  });

  it('answers half a code with none at all', async (test) => {
    const [peer, far] = await peerOf(test, client);
    put(far, { opcode: Opcode.close, payload: Buffer.from([3]) });
    far.finish();
    await peer.closed(WITHIN);
    assert.deepEqual(closeIn(peer.frames, 'sent')?.code, undefined);
    assert.equal(peer.frames.find(({ way }) => way === 'sent')!.length, 0);
  });

  it('answers nothing by itself when it is told not to', async (test) => {
    const [peer, far] = await peerOf(test, { ...client, auto: false });
    put(far, { opcode: Opcode.ping }, { opcode: Opcode.close });
    far.finish();
    assert.deepEqual(await peer.closed(WITHIN), { reason: '', frame: true, ending: peer.link.ending });
    assert.deepEqual(
      peer.frames.filter(({ way }) => way === 'sent'),
      [],
    );
    assert.equal(peer.link.leaving, undefined);
  });

  it('has not sent what could not go out any more', async (test) => {
    const [peer, far] = await peerOf(test, client);
    peer.send('out');
    peer.link.finish();
    peer.send('too late');
    await far.ended;
    assert.deepEqual(
      peer.frames.map(({ payload }) => `${payload}`),
      ['out'],
    );
  });

  it('says how it ended to who waits', async (test) => {
    const [peer, far] = await peerOf(test, client);
    const waiting = assert.rejects(peer.receive(WITHIN), /the connection ended with FIN and no close frame/);
    far.finish();
    await waiting;
    await assert.rejects(peer.control(Opcode.pong, WITHIN, 'a pong'), /ended with FIN/);
  });

  it('forgets control frames that nobody asks for, the oldest first', async (test) => {
    const [peer, far] = await peerOf(test, client);
    for (let i = 0; i < 3000; i++) put(far, { opcode: Opcode.pong, payload: Buffer.from(`${i}`) });
    put(far, text('behind'));
    await peer.receive(WITHIN);
    assert.equal(`${(await peer.control(Opcode.pong, WITHIN, 'a pong')).payload}`, '2000');
  });

  it('stops reading what nobody receives', async (test) => {
    const [peer, far] = await peerOf(test, client);
    const frame = encodeFrame({ opcode: Opcode.binary, payload: Buffer.alloc(16 * 1024 * 1024) });
    for (let i = 0; i < 12; i++) far.write(frame);
    while (!peer.link.stream.isPaused()) await new Promise(setImmediate);
    assert.ok(peer.link.bytesIn < 10 * frame.length);
    for (let i = 0; i < 12; i++) assert.equal((await peer.receive(WITHIN)).data.length, frame.length - 10);
    assert.ok(!peer.link.stream.isPaused());
  });
});
