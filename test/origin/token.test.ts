import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Guard } from '../../src/origin/guard.ts';
import type { Exchange } from '../../src/origin/journal.ts';
import { readPage, writePage } from '../../src/origin/journal-text.ts';
import { RemoteJournal } from '../../src/origin/remote-journal.ts';
import { startOrigin } from '../../src/origin/server.ts';
import { OriginToken } from '../../src/origin/token.ts';
import type { Endpoint } from '../../src/wire/endpoint.ts';
import { Line } from './line.ts';

const token = new OriginToken('a token that nobody else has, for this test');
const guard = new Guard();
const origin = await startOrigin({ guard, token });
after(async () => {
  await origin.close();
  guard.close();
});

const endpoint: Endpoint = { transport: 'ws', host: '127.0.0.1', port: origin.port, authority: 'origin', base: '' };
const UPGRADE =
  'Host: origin\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** What a request with this query gets. */
async function answer(query: string): Promise<string> {
  const line = await Line.to(origin.port);
  const head = await line.write(`GET /?${query} HTTP/1.1\r\n${UPGRADE}`).until('\r\n\r\n');
  line.socket.destroy();
  return head;
}

describe('a signature', () => {
  const AT = Date.UTC(2026, 0, 1);
  const signature = token.signatureFor('a1', AT);

  it('is good for its nonce, for minutes, and for who has the token', () => {
    assert.ok(token.signs(signature, 'a1', AT + 60_000));
    assert.ok(!token.signs(signature, 'a2', AT));
    assert.ok(!token.signs(signature, 'a1', AT + 3_600_000));
    assert.ok(!token.signs(signature, 'a1', AT - 3_600_000));
    assert.ok(!new OriginToken('the token of somebody else, just as long').signs(signature, 'a1', AT));
  });

  it('is none when it is something else', () => {
    for (const text of ['', '.', 'x', signature.slice(0, -1), `0${signature}`, `${signature}0`, `NaN.${signature}`])
      assert.ok(!token.signs(text, 'a1', AT), text);
    assert.ok(!token.signs(token.signatureFor('', AT), '', AT));
  });
});

describe('an origin with a token', () => {
  it('plays scenes for who has it, and echoes for strangers', async () => {
    const scene = 'scene=reject&status=418';
    assert.match(await answer(`nonce=b1&${scene}&sig=${token.signatureFor('b1')}`), /^HTTP\/1\.1 418 /);
    assert.match(await answer(`nonce=b2&${scene}&sig=${token.signatureFor('b1')}`), /^HTTP\/1\.1 101 /);
    assert.match(await answer(`nonce=b3&${scene}`), /^HTTP\/1\.1 101 /);
    assert.deepEqual(
      (await Promise.all(['b1', 'b2', 'b3'].map((nonce) => origin.journal.all(nonce)))).map(({ length }) => length),
      [1, 0, 0],
    );
  });

  it('tells its journal to nobody else', async () => {
    await answer(`nonce=c1&scene=echo&sig=${token.signatureFor('c1')}`);
    const stranger = await answer('nonce=c2&scene=journal&of=c1');
    assert.doesNotMatch(stranger, /Seal|c1/);
    const [exchange] = await new RemoteJournal(endpoint, token).all('c1');
    assert.match(exchange!.head.start, /nonce=c1/);
    assert.equal(exchange!.reply?.status, 101);
    await assert.rejects(
      new RemoteJournal(endpoint, new OriginToken('another')).prove(),
      /An origin with another token/,
    );
  });

  it('tells what happens as it happens, in the time of who asks', async () => {
    const journal = new RemoteJournal(endpoint, token);
    await journal.prove();
    const line = await Line.to(origin.port);
    const asked = performance.now();
    const coming = journal.until('d1', ({ messages }) => messages === 1, 5000, 'a message');
    await line
      .write(`GET /?nonce=d1&scene=echo&sig=${token.signatureFor('d1')} HTTP/1.1\r\n${UPGRADE}`)
      .until('\r\n\r\n');
    line.write('\x81\x82\0\0\0\0hi');
    const { frames, arrivedAt } = await coming;
    assert.equal(frames[0]!.payload.toString(), 'hi');
    assert.ok(Math.abs(arrivedAt - asked) < 2000, `${arrivedAt - asked} ms`);
    await assert.rejects(
      journal.until('d1', () => false, 10, 'what does not happen'),
      /it did not happen/,
    );
    await assert.rejects(
      journal.until('d2', () => false, 10, 'a request'),
      /never reached the origin/,
    );
    line.socket.destroy();
  });
});

describe('a page of a journal', () => {
  it('says over a wire what it says at home', async () => {
    await answer(`nonce=e1&scene=reject&status=403&body=no&sig=${token.signatureFor('e1')}`);
    const exchanges = await origin.journal.all('e1');
    const unreadable = [{ at: 5, start: Buffer.from([0x16, 0xff]), alert: 'unknown ca' }];
    const text = writePage({ exchanges, unreadable, now: 7 });
    assert.deepEqual(readPage(text), { exchanges, unreadable, now: 7 });
    const [later] = readPage(text, 1000)!.exchanges as [Exchange];
    assert.equal(later.arrivedAt, exchanges[0]!.arrivedAt + 1000);
    assert.equal(later.repliedAt, exchanges[0]!.repliedAt! + 1000);
  });

  it('of another version is not read', () => {
    assert.equal(readPage('{"format":0}'), undefined);
  });
});
