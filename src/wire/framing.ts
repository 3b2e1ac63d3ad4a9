import type { Head } from './head.ts';
import { Unexpected } from './unexpected.ts';

/** How the end of an HTTP/1 body is known (RFC 9112 §6.3). Bytes go in as they come, content comes out. */
export interface Framing {
  /**
   * @returns the content in these bytes
   * @throws Unexpected of kind `protocol` when they break the framing
   */
  push(bytes: Buffer): Buffer;
  /** The body is whole. */
  readonly done: boolean;
  /** Bytes that came behind it. */
  readonly rest: Buffer;
}

/** It ends where the connection does. */
export class Unframed implements Framing {
  readonly done = false;
  readonly rest = Buffer.alloc(0);

  push(bytes: Buffer): Buffer {
    return bytes;
  }
}

/** Content-Length says how long it is. */
class Counted implements Framing {
  rest: Buffer = Buffer.alloc(0);
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get done(): boolean {
    return this.#left === 0;
  }

  push(bytes: Buffer): Buffer {
    const content = bytes.subarray(0, this.#left);
    this.#left -= content.length;
    this.rest = Buffer.concat([this.rest, bytes.subarray(content.length)]);
    return content;
  }
}

/** Bytes that a chunk size with its extensions, or a line of the trailer, may have. */
const LINE_LIMIT = 1024;

/** The chunked transfer coding (RFC 9112 §7.1). */
class Chunked implements Framing {
  rest: Buffer = Buffer.alloc(0);
  /** What the next bytes are: a line with a size, a chunk, the line end behind it, or the trailer section. */
  #place: 'size' | 'chunk' | 'end' | 'trailer' | 'behind' = 'size';
  #left = 0;

  get done(): boolean {
    return this.#place === 'behind';
  }

  push(bytes: Buffer): Buffer {
    this.rest = Buffer.concat([this.rest, bytes]);
    const content: Buffer[] = [];
    while (!this.done) {
      if (this.#place === 'chunk') {
        const part = this.rest.subarray(0, this.#left);
        content.push(part);
        this.rest = this.rest.subarray(part.length);
        this.#left -= part.length;
        if (this.#left > 0) break;
        this.#place = 'end';
      }
      const line = this.#line();
      if (line === undefined) break;
      this.#read(line);
    }
    return Buffer.concat(content);
  }

  #line(): string | undefined {
    const end = this.rest.indexOf('\r\n');
    if (end < 0) {
      if (this.rest.length > LINE_LIMIT)
        throw new Unexpected('a chunk size line', 'one without an end came', 'protocol');
      // A body that has lost its chunks is known by its first bytes: its line may never end.
      const start = this.rest.toString('latin1', 0, LINE_LIMIT);
      if (this.#place === 'size' && !/^[0-9a-f]*[ \t]*(?:;.*)?\r?$/i.test(start)) this.#break('a chunk size', start);
      return undefined;
    }
    const line = this.rest.toString('latin1', 0, end);
    this.rest = this.rest.subarray(end + 2);
    return line;
  }

  #read(line: string): void {
    if (this.#place === 'trailer') {
      if (line === '') this.#place = 'behind';
      return;
    }
    if (this.#place === 'end') {
      if (line !== '') this.#break('the end of a chunk', line);
      this.#place = 'size';
      return;
    }
    const size = /^[0-9a-f]+(?=$|[ \t]*;)/i.exec(line)?.[0];
    if (size === undefined) this.#break('a chunk size', line);
    this.#left = Number.parseInt(size, 16);
    this.#place = this.#left === 0 ? 'trailer' : 'chunk';
  }

  #break(expected: string, line: string): never {
    throw new Unexpected(`${expected} (RFC 9112 §7.1)`, `${JSON.stringify(line.slice(0, 60))} came`, 'protocol');
  }
}

/** Whether the transfer codings, if there are any, end in the one that tells where the body ends (RFC 9112 §6.3). */
const isChunked = (head: Head): boolean => head.list('transfer-encoding').at(-1)?.toLowerCase() === 'chunked';

/**
 * The framing of the body behind a response head; `status` says whether there can be one.
 * @throws Unexpected when Content-Length is no number: a length must not be guessed at (RFC 9112 §6.3, the fifth rule)
 */
export function framingOf(head: Head, status: number): Framing {
  if (status === 204 || status === 304) return new Counted(0);
  if (isChunked(head)) return new Chunked();
  const length = head.get('content-length');
  // RFC 9112 §6.3, the third and fourth rule: a coding outdoes Content-Length, and one without chunks ends as the connection does.
  if (length === undefined || head.has('transfer-encoding')) return new Unframed();
  if (!/^\d+$/.test(length))
    throw new Unexpected('a number in Content-Length', `${JSON.stringify(length)} came`, 'protocol');
  return new Counted(Number(length));
}

/**
 * The framing of the body behind a request head: without a word about it there is none.
 * @throws Unexpected when its end cannot be known (RFC 9112 §6.3, the fourth rule)
 */
export function requestFramingOf(head: Head): Framing {
  const coding = head.get('transfer-encoding');
  if (coding !== undefined && !isChunked(head))
    throw new Unexpected('“chunked” as the last transfer coding', `${JSON.stringify(coding)} came`, 'protocol');
  return coding === undefined && !head.has('content-length') ? new Counted(0) : framingOf(head, 200);
}
