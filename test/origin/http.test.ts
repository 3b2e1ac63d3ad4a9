import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { LIMITS } from '../../src/origin/limits.ts';
import { startOrigin } from '../../src/origin/server.ts';
import { Line } from './line.ts';

const origin = await startOrigin();
after(() => origin.close());

const open = (): Promise<Line> => Line.to(origin.port);
const get = (query: string, ...fields: string[]): string =>
  [`GET /?${query} HTTP/1.1`, 'Host: origin', ...fields, '', ''].join('\r\n');
const REPORT = /"wsproof": "origin"[\s\S]*\}\n/;
const UPGRADE = [
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

describe('the origin over HTTP/1', () => {
  it('tells a plain request what arrived, and stamps it', async () => {
    const line = await open();
    const answer = await line.write(get('nonce=plain', 'X-B: 1', 'x-b: 2')).until(REPORT);
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.ok(answer.includes(`X-Wsproof-Origin: ${origin.stampFor('plain')}`));
    const body = JSON.parse(answer.slice(answer.indexOf('{')));
    assert.equal(body.why, 'no Upgrade: websocket reached the origin');
    assert.deepEqual(body.fields.slice(1), [
      ['X-B', '1'],
      ['x-b', '2'],
    ]);
  });

  it('notes bytes behind an answer that are no request', async () => {
    const line = await open();
    await line.write(get('nonce=before&scene=reject&status=403', ...UPGRADE)).until('\r\n\r\n');
    assert.match(await line.write('\x81no request\r\n\r\n').ended(), /^HTTP\/1\.1 400 /);
    const [exchange] = await origin.journal.all('before');
    assert.equal(exchange!.stray, 15);
  });

  it('stamps no two nonces alike, and no two origins', async (test) => {
    const other = await startOrigin();
    test.after(() => other.close());
    assert.notEqual(origin.stampFor('a'), origin.stampFor('b'));
    assert.notEqual(origin.stampFor('a'), other.stampFor('a'));
  });

  it('answers requests that come at once one after the other, and notes the connection', async () => {
    const line = await open();
    line.write(get('nonce=p1&scene=poll&body=one&late=30') + get('nonce=p2&scene=poll&body=two'));
    await line.until('one');
    await line.until('two');
    const [first, second] = [(await origin.journal.all('p1'))[0]!, (await origin.journal.all('p2'))[0]!];
    assert.equal(first.connection, second.connection);
    assert.ok(second.arrivedAt >= first.repliedAt!);
    assert.ok(first.early > 0, 'the second request stood behind the first');
  });

  it('keeps a connection as long as both sides want it', async () => {
    for (const [fields, version, kept] of [
      [[], 'HTTP/1.1', true],
      [['Connection: close'], 'HTTP/1.1', false],
      [[], 'HTTP/1.0', false],
      [['Connection: keep-alive'], 'HTTP/1.0', true],
    ] as const) {
      const line = await open();
      const request = get('scene=poll&body=answer', ...fields).replace('HTTP/1.1', version);
      const answer = await line.write(request).until('answer');
      assert.equal(/^connection: close\r$/im.test(answer), !kept, 'the close is announced');
      if (kept) await line.write(request).until('answer');
      else assert.equal(await line.ended(), '');
      line.socket.destroy();
    }
  });

  it('passes over an empty line before a request (RFC 9112 §2.2)', async () => {
    await (await open()).write(`\r\n\r\n${get('scene=poll&body=answer')}`).until('answer');
  });

  it('reads a request that comes byte by byte', async () => {
    const line = await open();
    for (const byte of get('scene=poll&body=answer')) {
      line.write(byte);
      await new Promise(setImmediate);
    }
    await line.until('answer');
  });

  it('reads bodies by length and in chunks', async () => {
    const line = await open();
    const post = (nonce: string, field: string, body: string): string =>
      `POST /?nonce=${nonce}&scene=poll&body=done HTTP/1.1\r\nHost: a\r\n${field}\r\n\r\n${body}`;
    await line.write(post('b1', 'Content-Length: 5', 'hello')).until('done');
    await line.write(post('b2', 'Transfer-Encoding: chunked', '2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n')).until('done');
    for (const nonce of ['b1', 'b2']) {
      assert.equal(`${(await origin.journal.all(nonce))[0]!.body.preview}`, 'hello', nonce);
    }
  });

  it('refuses what is no request, and reads no further', async () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/1.1\r\nno field\r\n\r\n',
      'GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
      'GET / HTTP/1.1\r\nContent-Length: 0x10\r\n\r\n',
      'GET / HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\n',
      'GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n',
      `GET / HTTP/1.1\r\nX: ${'a'.repeat(200_000)}\r\n\r\n`,
    ]) {
      const line = await open();
      line.write(bytes).write(get('nonce=smuggled&scene=poll'));
      assert.match(
        await line.ended(),
        /^HTTP\/1\.1 400 Bad Request\r\nX-Wsproof-Origin: \w+\r\nContent-Length: 0\r\nConnection: close\r\n\r\n$/,
      );
      const { start } = (await origin.journal.unreadable()).at(-1)!;
      assert.ok(start.toString().startsWith(bytes.slice(0, LIMITS.unreadable.bytes)));
      line.socket.destroy();
    }
    assert.deepEqual(await origin.journal.all('smuggled'), []);
  });

  it('answers a GET whose body does not come, and ends the connection', async () => {
    const line = await open();
    line.write('GET /?nonce=unfinished HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    assert.match(await line.ended(), /^HTTP\/1\.1 200 /);
    assert.equal((await origin.journal.all('unfinished')).length, 1);
  });

  it('refuses a body beyond its limit before it has come', async () => {
    const line = await open();
    line.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${LIMITS.body + 1}\r\n\r\n`);
    assert.match(await line.ended(), /^HTTP\/1\.1 413 /);
  });

  it('does not keep what is sent behind a request that is not answered', async () => {
    const line = await open();
    line.write(get('nonce=hang&scene=hang'));
    await origin.journal.until('hang', () => true, 5000, 'the request');
    for (let sent = 0; sent < LIMITS.body + 1_000_000; sent += 100_000) line.write('a'.repeat(100_000));
    await line.ended();
    const { ending } = await origin.journal.until('hang', (seen) => seen.ending !== undefined, 5000, 'the end');
    assert.equal(ending?.how, 'rst');
  });

  it('says why it does not switch', async () => {
    for (const [why, status, fields] of [
      [/no Upgrade: websocket/, 200, UPGRADE.slice(1)],
      [/version is not 13/i, 426, UPGRADE.map((field) => field.replace('13', '8'))],
      [/Sec-WebSocket-Key/, 400, UPGRADE.slice(0, 3)],
    ] as const) {
      const line = await open();
      const answer = await line.write(get('nonce=why', ...fields)).until(REPORT);
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(JSON.parse(answer.slice(answer.indexOf('{'))).why, why);
      line.socket.destroy();
    }
  });

  it('takes the nonce from a field when the query is gone', async () => {
    const line = await open();
    await line.write('GET / HTTP/1.1\r\nHost: a\r\nX-Wsproof-Nonce: field\r\n\r\n').until(REPORT);
    assert.equal((await origin.journal.all('field')).length, 1);
  });

  it('gives its connections back', async (test) => {
    const origin = await startOrigin();
    test.after(() => origin.close());
    const line = await Line.to(origin.port);
    await line.write(get('scene=poll&body=answer', 'Connection: close')).until('answer');
    await line.ended();
    line.socket.end();
    while (origin.connections > 0) await new Promise(setImmediate);
  });
});
