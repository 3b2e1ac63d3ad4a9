import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { Body, readBody } from '../../src/wire/body.ts';
import { now } from '../../src/wire/clock.ts';
import type { Answer } from '../../src/wire/endpoint.ts';
import { type Field, RequestHead, ResponseHead } from '../../src/wire/head.ts';
import { Link } from '../../src/wire/link.ts';

/** An answer whose body is written into the stream by the test. */
function answerWith(fields: Field[], rest = '', start = 'HTTP/1.1 200 OK'): { answer: Answer; stream: PassThrough } {
  const stream = new PassThrough();
  const answer: Answer = {
    request: { head: new RequestHead('GET / HTTP/1.1', []), key: '', at: now() },
    response: new ResponseHead(start, fields),
    interim: [],
    switched: start.includes(' 101 '),
    link: new Link(stream, () => stream.destroy(), { onData: () => {} }),
    rest: Buffer.from(rest),
    at: now(),
    dispose: () => stream.destroy(),
  };
  return { answer, stream };
}

const CHUNKED: Field[] = [['Transfer-Encoding', 'chunked']];
const WITHIN = 1000;

async function piecesOf(body: Body): Promise<string[]> {
  const pieces: string[] = [];
  for (;;) {
    const piece = await body.next(WITHIN);
    if (!piece) return pieces;
    pieces.push(piece.data.toString());
  }
}

describe('a body', () => {
  it('comes piece by piece, as its chunks arrive', async () => {
    const { answer, stream } = answerWith(CHUNKED, '3\r\none\r\n');
    const body = new Body(answer);
    assert.equal((await body.next(WITHIN))?.data.toString(), 'one');
    stream.write('3;ext=1\r\ntwo\r\n');
    assert.equal((await body.next(WITHIN))?.data.toString(), 'two');
    stream.write('0\r\n\r\n');
    assert.equal(await body.next(WITHIN), undefined);
  });

  it('is the same however its bytes are cut', async () => {
    const { answer, stream } = answerWith(CHUNKED);
    const body = new Body(answer);
    for (const byte of Buffer.from('5\r\nhello\r\nA\r\n, chunks\r\n\r\n0\r\nX-Trailer: 1\r\n\r\nbehind')) {
      stream.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    assert.equal((await piecesOf(body)).join(''), 'hello, chunks\r\n');
  });

  it('ends after Content-Length bytes', async () => {
    const { answer, stream } = answerWith([['Content-Length', '5']], 'he');
    const body = readBody(new Body(answer), WITHIN);
    stream.write('llo and more');
    assert.equal((await body).toString(), 'hello');
  });

  it('is empty behind 204 and behind Content-Length: 0', async () => {
    assert.equal((await readBody(new Body(answerWith([], '', 'HTTP/1.1 204 No Content').answer), WITHIN)).length, 0);
    assert.equal((await readBody(new Body(answerWith([['Content-Length', '0']]).answer), WITHIN)).length, 0);
  });

  it('without a length ends with the connection', async () => {
    for (const start of ['HTTP/1.0 200 OK', 'HTTP/2 200', 'HTTP/1.1 101 Switching Protocols']) {
      const { answer, stream } = answerWith([], 'all ', start);
      const body = readBody(new Body(answer), WITHIN);
      stream.end('of it');
      assert.equal((await body).toString(), 'all of it', start);
    }
  });

  it('whose transfer codings do not end in chunks ends with the connection, whatever Content-Length says', async () => {
    for (const coding of ['gzip', 'chunked, gzip']) {
      const { answer, stream } = answerWith([
        ['Transfer-Encoding', coding],
        ['Content-Length', '3'],
      ]);
      const body = readBody(new Body(answer), WITHIN);
      stream.end('all of it');
      assert.equal((await body).toString(), 'all of it', coding);
    }
  });

  it('that drips on is not waited for longer than was said', async () => {
    const { answer, stream } = answerWith([]);
    const dripping = setInterval(() => stream.write('.'), 2);
    try {
      await assert.rejects(readBody(new Body(answer), 50), /the whole body of the answer within 50 ms/);
    } finally {
      clearInterval(dripping);
    }
  });

  for (const [what, fields, bytes, failure] of [
    ['its chunk has no size', CHUNKED, 'hello\r\n', /a chunk size \(RFC 9112 §7\.1\), but "hello" came/],
    ['it begins with no size, and its line does not end', CHUNKED, 'hello', /a chunk size .* but "hello" came/],
    ['its chunk is longer than its size', CHUNKED, '2\r\nhello\r\n', /the end of a chunk .* but "llo" came/],
    ['the connection ends too early', [['Content-Length', '9']], 'hello', /the connection ended after 5 bytes of it/],
    ['nothing more comes', [['Content-Length', '9']], undefined, /the whole body of the answer within 20 ms/],
  ] as [string, Field[], string | undefined, RegExp][]) {
    it(`is refused when ${what}`, async () => {
      const { answer, stream } = answerWith(fields);
      const body = readBody(new Body(answer), bytes === undefined ? 20 : WITHIN);
      if (bytes !== undefined) stream.end(bytes);
      await assert.rejects(body, failure);
    });
  }
});
