import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { sceneQuery } from '../../src/origin/scene.ts';
import { type Origin, startOrigin } from '../../src/origin/server.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { trusting } from '../../src/wire/connect.ts';
import { handshake } from '../../src/wire/dial.ts';
import type { Endpoint, Transport } from '../../src/wire/endpoint.ts';
import type { Ending } from '../../src/wire/link.ts';
import { Peer } from '../../src/wire/peer.ts';
import { loopback } from '../proving.ts';

const WITHIN = 10_000;
const TRANSPORTS: readonly Transport[] = ['ws', 'wss', 'h2'];

interface Line {
  readonly origin: Origin;
  readonly endpoint: Endpoint;
}

async function lineOf(test: TestContext, transport: Transport): Promise<Line> {
  const { ca, server } = makeCertificates(['localhost']);
  const origin = await startOrigin({ tls: server });
  test.after(() => origin.close());
  const port = transport === 'ws' ? origin.port : origin.tlsPort!;
  return { origin, endpoint: { ...loopback(port), transport, servername: 'localhost', trust: trusting(ca) } };
}

/** Our client at our origin, which plays this scene. */
async function open({ endpoint }: Line, play = 'echo') {
  const nonce = randomBytes(8).toString('hex');
  const key = randomBytes(16).toString('base64');
  const answer = await handshake(endpoint, key, { target: `/?${sceneQuery(nonce, { play })}`, within: WITHIN });
  return { nonce, answer, peer: new Peer(answer.link, { role: 'client' }, answer.rest) };
}

/** The value when it has stayed the same for a good many turns of the loop. */
async function atRest(read: () => Promise<number>): Promise<number> {
  let value = await read();
  for (let same = 0; same < 500; same++) {
    await new Promise(setImmediate);
    const next = await read();
    if (next !== value) same = 0;
    value = next;
  }
  return value;
}

for (const transport of TRANSPORTS) {
  describe(`the end of a link over ${transport}`, () => {
    it('by the client, in order, is that at the origin, which ends in return', async (test) => {
      const line = await lineOf(test, transport);
      const { nonce, peer } = await open(line);
      peer.send('hello');
      await peer.receive(WITHIN);
      peer.link.finish();
      const { ending, left } = await line.origin.journal.until(nonce, (seen) => seen.left !== undefined, WITHIN, 'it');
      assert.equal(ending?.how, 'fin');
      assert.ok(left!.at >= ending!.at, 'the origin left because the client had');
      assert.equal((await peer.closed(WITHIN)).ending.how, 'fin');
      assert.equal(peer.link.leaving?.how, 'fin');
    });

    it('by the client, at once, is a reset at the origin, also in the middle of a message', async (test) => {
      const line = await lineOf(test, transport);
      const reset = async (size: number): Promise<Ending> => {
        const { nonce, peer } = await open(line);
        peer.send('hello');
        await peer.receive(WITHIN);
        if (size > 0) peer.send(Buffer.alloc(size));
        peer.link.reset();
        const { ending } = await line.origin.journal.until(nonce, (seen) => seen.ending !== undefined, WITHIN, 'it');
        assert.equal(peer.link.leaving?.how, 'rst');
        await peer.closed(WITHIN);
        return ending!;
      };
      const seen = [await reset(0), await reset(1_000_000)];
      // Where a reset is there before the data in front of it has been read, libuv may tell it as an end.
      for (let again = 0; seen.at(-1)!.how === 'fin' && again < 3; again++) seen[1] = await reset(1_000_000);
      const detail = transport === 'h2' ? 'RST_STREAM 8' : 'ECONNRESET';
      assert.deepEqual(
        seen.map((ending) => [ending.how, ending.detail]),
        [
          ['rst', detail],
          ['rst', detail],
        ],
      );
    });

    it('by the origin, in order, is that at the client', async (test) => {
      const line = await lineOf(test, transport);
      const { nonce, peer } = await open(line, 'vanish');
      peer.send('go');
      assert.deepEqual([(await peer.closed(WITHIN)).ending.how, peer.violation], ['fin', undefined]);
      const { left } = await line.origin.journal.until(nonce, (seen) => seen.left !== undefined, WITHIN, 'it');
      assert.equal(left?.how, 'fin');
    });

    it('by the origin, at once, is a reset at the client', async (test) => {
      const line = await lineOf(test, transport);
      const { nonce, peer } = await open(line, 'reset');
      peer.send('go');
      const { ending } = await peer.closed(WITHIN);
      assert.deepEqual([ending.how, ending.detail], ['rst', transport === 'h2' ? 'RST_STREAM 8' : 'ECONNRESET']);
      const { left } = await line.origin.journal.until(nonce, (seen) => seen.left !== undefined, WITHIN, 'it');
      assert.equal(left?.how, 'rst');
      assert.ok((peer.link.leaving?.at ?? Number.POSITIVE_INFINITY) > ending.at, 'the client did not begin');
    });

    it('below it is noticed at both ends', async (test) => {
      const line = await lineOf(test, transport);
      const { nonce, answer, peer } = await open(line);
      answer.dispose();
      await peer.closed(WITHIN);
      await line.origin.journal.until(nonce, (seen) => seen.ending !== undefined, WITHIN, 'the end');
      const other = await open(line);
      await line.origin.down();
      const { ending } = await other.peer.closed(WITHIN);
      assert.equal(ending.how, 'rst');
      assert.equal(line.origin.connections, 0);
    });
  });

  describe(`a link over ${transport}`, () => {
    it('keeps what comes until somebody takes it over, and no more than there is room for', async (test) => {
      const line = await lineOf(test, transport);
      const key = randomBytes(16).toString('base64');
      const query = sceneQuery('flood', { play: 'push', count: 200, size: 100_000 });
      const answer = await handshake(line.endpoint, key, { target: `/?${query}`, within: WITHIN });
      test.after(() => answer.dispose());
      while (!answer.link.stream.isPaused()) await new Promise(setImmediate);
      assert.ok(answer.rest.length < 2 * 1024 * 1024, `${answer.rest.length} bytes are kept`);
      const peer = new Peer(answer.link, { role: 'client' }, answer.rest);
      for (let i = 0; i < 200; i++)
        assert.match(`${(await peer.receive(WITHIN)).data.subarray(0, 8)}`, RegExp(`^${i} `));
    });

    it('makes an origin wait for a client that does not read, and the client for it', async (test) => {
      const line = await lineOf(test, transport);
      const { nonce, peer } = await open(line);
      peer.link.pause();
      for (let i = 0; i < 300; i++) peer.send(Buffer.alloc(100_000));
      const read = async (): Promise<number> => (await line.origin.journal.all(nonce))[0]!.bytesIn;
      const bytesIn = await atRest(read);
      assert.ok(
        bytesIn > 0 && bytesIn < 30_000_000,
        `the origin has read ${bytesIn} bytes for somebody who reads nothing`,
      );
      peer.link.resume();
      for (let i = 0; i < 300; i++) assert.equal((await peer.receive(WITHIN)).data.length, 100_000);
      assert.deepEqual(peer.link.stream.listenerCount('drain'), 0);
    });
  });
}
