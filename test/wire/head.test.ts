import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  endOfHead,
  type Field,
  HEAD_LIMIT,
  MalformedHead,
  parseRequestHead,
  parseResponseHead,
  RequestHead,
} from '../../src/wire/head.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a head', () => {
  it('keeps order, case and number of its field lines', () => {
    const fields: Field[] = [
      ['HOST', 'a'],
      ['x-b', '1'],
      ['X-B', '2'],
      ['Sec-WebSocket-Key', 'k'],
    ];
    const head = new RequestHead('GET /a%2Fb?x=1 HTTP/1.1', fields);
    assert.deepEqual(parseRequestHead(head.toBytes()), head);
    assert.deepEqual(head.all('X-b'), ['1', '2']);
    assert.equal(head.get('x-B'), '1, 2');
    assert.equal(head.get('cookie'), undefined);
    assert.deepEqual([head.method, head.target, head.version], ['GET', '/a%2Fb?x=1', 'HTTP/1.1']);
  });

  it('reads lists as RFC 9110 §5.6.1 has them', () => {
    const head = parseRequestHead(
      bytes('GET / HTTP/1.1\r\nConnection: keep-alive, , Upgrade\r\nConnection:\tX\r\n\r\n'),
    );
    assert.deepEqual(head.list('connection'), ['keep-alive', 'Upgrade', 'X']);
    assert.ok(head.lists('Connection', 'upgrade'));
    assert.ok(!head.lists('Connection', 'grade'));
  });

  it('reads a response with a reason of several words, or none', () => {
    assert.equal(parseResponseHead(bytes('HTTP/1.1 101 Switching Protocols\r\n\r\n')).reason, 'Switching Protocols');
    const { status, reason, version } = parseResponseHead(bytes('HTTP/1.0 200\r\n\r\n'));
    assert.deepEqual([status, reason, version], [200, '', 'HTTP/1.0']);
  });

  it('takes spaces and tabs from values, and no other character', () => {
    // The last byte of “à” in UTF-8 is what JavaScript takes for a space.
    const head = parseRequestHead(
      Buffer.from('GET / HTTP/1.1\r\nX-A: \t voilà \t\r\nX-B:\u000b\u00a0\r\n\r\n', 'utf8'),
    );
    assert.equal(Buffer.from(head.get('x-a')!, 'latin1').toString(), 'voilà');
    assert.equal(Buffer.from(head.get('x-b')!, 'latin1').toString(), '\u000b\u00a0');
  });

  it('is whole at its empty line, however the lines end', () => {
    for (const eol of ['\r\n', '\n']) {
      for (const last of ['\r\n', '\n']) {
        const head = `GET / HTTP/1.1${eol}Host: a${eol}${last}`;
        assert.equal(endOfHead(bytes(`${head}body\r\n\r\n`)), head.length, JSON.stringify(head));
        assert.equal(endOfHead(bytes(head.slice(0, -last.length))), -1);
        assert.deepEqual(parseRequestHead(bytes(head)).fields, [['Host', 'a']]);
      }
    }
  });

  it('goes on with a value on a line that begins with white space (RFC 9112 §5.2)', () => {
    const head = parseRequestHead(bytes('GET / HTTP/1.1\r\nX-A: one,\r\n\ttwo: 2\r\nX-B: 3\r\n\r\n'));
    assert.deepEqual(head.fields, [
      ['X-A', 'one, two: 2'],
      ['X-B', '3'],
    ]);
  });

  it('is refused when it is none', () => {
    for (const text of [
      '\u0016\u0003\u0001\u0002\u0000',
      'SSH-2.0-OpenSSH_9.6',
      'GET /',
      'GET  HTTP/1.1',
      'HTTP/1.1 101 Switching Protocols',
      'GET / HTTP/1.1\r\nno colon',
      'GET / HTTP/1.1\r\n: no name',
      'GET / HTTP/1.1\r\n folded: first',
    ]) {
      assert.throws(() => parseRequestHead(bytes(`${text}\r\n\r\n`)), MalformedHead, JSON.stringify(text));
    }
    for (const text of ['HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', 'HTTP 200 OK', 'ICY 200 OK', '']) {
      assert.throws(() => parseResponseHead(bytes(`${text}\r\n\r\n`)), MalformedHead, JSON.stringify(text));
    }
  });

  it('has its limits', () => {
    const many = Array.from({ length: HEAD_LIMIT.fields + 1 }, (_, i) => `X-${i}: 1\r\n`).join('');
    assert.throws(() => parseRequestHead(bytes(`GET / HTTP/1.1\r\n${many}\r\n`)), /more than 400 fields/);
    assert.throws(() => endOfHead(Buffer.alloc(HEAD_LIMIT.bytes + 1, 'a')), MalformedHead);
    const long = bytes(`GET / HTTP/1.1\r\nX: ${'a'.repeat(HEAD_LIMIT.bytes)}\r\n\r\n`);
    assert.throws(() => endOfHead(long), MalformedHead);
  });

  it('is read in the time that its length asks for, whatever white space is in it', () => {
    const blank = ' '.repeat(100_000);
    const started = performance.now();
    const { fields } = parseRequestHead(
      bytes(`GET / HTTP/1.1\r\nX-A: a${blank}b\r\nX-B: ${'\r'.repeat(50_000)}c\r\n\r\n`),
    );
    // To look for the end of the white space from each place in it takes half a minute.
    assert.ok(performance.now() - started < 1000);
    assert.equal(fields[0]![1], `a${blank}b`);
  });

  it('survives bytes without a meaning', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    const alphabet = ['\r', '\n', '\r\n', ':', ' ', '\t', 'GET / HTTP/1.1', 'HTTP/1.1 200 OK', '\u0000', '\u00ff', 'a'];
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: random() % 12 }, () => alphabet[random() % alphabet.length]).join('');
      for (const parse of [endOfHead, parseRequestHead, parseResponseHead]) {
        try {
          parse(bytes(text));
        } catch (error) {
          assert.ok(error instanceof MalformedHead, `${JSON.stringify(text)}: ${error}`);
        }
      }
    }
  });
});
