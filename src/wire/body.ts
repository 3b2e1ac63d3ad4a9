import type { Answer } from './endpoint.ts';
import type { Head } from './head.ts';
import { withDeadline } from './mailbox.ts';
import { Unexpected } from './unexpected.ts';

/** A body as it is kept for evidence. */
export interface BodySample {
  /** Its first KiB. */
  readonly preview: Buffer;
  readonly length: number;
}

export const sampleOf = (body: Buffer): BodySample => ({ preview: body.subarray(0, 1024), length: body.length });

/** RELIABILITY P4. */
const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * Cuts a chunked body out of what has come (RFC 9112 §7.1).
 * @returns undefined while it is not whole
 * @throws Unexpected when the bytes are no chunked coding
 */
function unchunk(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const eol = bytes.indexOf('\r\n', at);
    if (eol < 0) {
      if (bytes.length - at > 1024) throw new Unexpected('a chunk size line', 'a line without an end came', 'protocol');
      return undefined;
    }
    const line = bytes.toString('latin1', at, eol);
    const size = /^[0-9a-f]+(?=$|[ \t]*;)/i.exec(line)?.[0];
    if (size === undefined) {
      throw new Unexpected('a chunk size (RFC 9112 §7.1)', `${JSON.stringify(line.slice(0, 60))} came`, 'protocol');
    }
    const length = Number.parseInt(size, 16);
    if (length === 0)
      return bytes.indexOf('\r\n\r\n', eol) === -1 && bytes.indexOf('\r\n', eol + 2) !== eol + 2
        ? undefined
        : Buffer.concat(chunks);
    if (bytes.length < eol + 2 + length + 2) return undefined;
    chunks.push(bytes.subarray(eol + 2, eol + 2 + length));
    at = eol + 2 + length + 2;
  }
}

/** @returns the whole body, or undefined while bytes are missing; `ended` says that no more can come */
function whole(head: Head, status: number, bytes: Buffer, ended: boolean): Buffer | undefined {
  if (status === 204 || status === 304) return Buffer.alloc(0);
  if (head.lists('transfer-encoding', 'chunked')) return unchunk(bytes);
  const length = head.get('content-length');
  if (length !== undefined) return bytes.length >= Number(length) ? bytes.subarray(0, Number(length)) : undefined;
  return ended ? bytes : undefined;
}

/**
 * The body of an answer that did not switch protocols, framed as RFC 9112 §6.3 says; over HTTP/2 until END_STREAM.
 *
 * @param within ms
 * @throws Unexpected when the body is not whole in time, or its framing is broken
 */
export async function readBody(answer: Answer, within: number): Promise<Buffer> {
  const { link, response } = answer;
  const h2 = response.version === 'HTTP/2';
  let bytes: Buffer = answer.rest;
  const body = new Promise<Buffer>((resolve, reject) => {
    const look = (ended: boolean): void => {
      try {
        if (bytes.length > BODY_LIMIT)
          throw new Unexpected(`a body of at most ${BODY_LIMIT} bytes`, 'more came', 'protocol');
        const found = h2 ? (ended ? bytes : undefined) : whole(response, response.status, bytes, ended);
        if (found) resolve(found);
        else if (ended) {
          throw new Unexpected(
            'the whole body of the answer',
            `the connection ended after ${bytes.length} bytes of it`,
            'ended',
          );
        }
      } catch (error) {
        reject(error as Error);
      }
    };
    link.redirect({
      onData(chunk) {
        bytes = Buffer.concat([bytes, chunk]);
        look(false);
      },
      onEnd: () => look(true),
    });
    look(link.ending !== undefined);
  });
  return withDeadline(body, within, 'the whole body of the answer');
}
