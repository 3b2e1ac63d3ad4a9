import type { Socket } from 'node:net';
import { now } from '../wire/clock.ts';
import type { Transport } from '../wire/endpoint.ts';
import { requestFramingOf } from '../wire/framing.ts';
import { endOfHead, MalformedHead, parseRequestHead, type RequestHead, type ResponseHead } from '../wire/head.ts';
import { type Link, socketLink } from '../wire/link.ts';
import { Unexpected } from '../wire/unexpected.ts';
import { LIMITS } from './limits.ts';
import type { Underlay } from './underlay.ts';
import type { Visit } from './visit.ts';

const CRLF = 0x0d0a;
/** RFC 9110 §5.6.2: what a method consists of. */
const TOKEN = /[\w!#$%&'*+.^`|~-]/;
/** How a connection of HTTP/2 begins (RFC 9113 §3.4). */
const HTTP2 = 'PRI * HTTP/2.0';

/** A request that is whole. */
export interface Arrival {
  readonly head: RequestHead;
  readonly transport: Transport;
  readonly body: Buffer;
  readonly under: Underlay;
  readonly connection: number;
}

/** Where a connection brings what has come. */
export interface Reception {
  /** A request is whole: makes a visit of it. */
  arrive(arrival: Arrival): Visit;
  /** The connection began with these bytes, and they are no request. @returns the stamp of the answer to it */
  turnAway(bytes: Buffer): string;
}

/** Into how many pieces an answer is cut, about: enough for a careless reader, few enough to be quick on a busy machine. */
const PIECES = 24;

/** Bytes of `HTTP/1.1 101`: parsers have been seen that lose count when it is the status code that is cut. */
const STATUS = 12;

/** Writes an answer in one go, or cut everywhere in its status, in many places behind, and within its last line ends. */
async function inPieces(link: Link, bytes: Buffer, split: boolean): Promise<void> {
  if (!split) return void link.write(bytes);
  const step = Math.ceil(bytes.length / PIECES);
  const ends = [...bytes.keys()].filter((i) => i <= STATUS || i % step === 0 || i > bytes.length - 4).slice(1);
  for (const [i, end] of [...ends, bytes.length].entries()) {
    link.write(bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
    // A turn of the loop lets each write leave as a segment of its own (Nagle is off).
    await new Promise(setImmediate);
  }
}

const chunk = (body: Buffer): Buffer =>
  body.length === 0 ? body : Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);

const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** A body in two chunks, so that a proxy that takes the first for the whole is seen (RFC 9112 §7.1). */
function chunked(body: Buffer): Buffer {
  const half = Math.ceil(body.length / 2);
  return Buffer.concat([chunk(body.subarray(0, half)), chunk(body.subarray(half)), LAST_CHUNK]);
}

/**
 * One connection of HTTP/1 at the origin. Requests are read one after the other, because proxies keep and pool
 * connections; once a scene has switched protocols the bytes belong to it.
 */
export class Http1Connection {
  readonly link: Link;
  readonly #number: number;
  readonly #transport: Transport;
  readonly #reception: Reception;
  #buffer: Buffer = Buffer.alloc(0);
  #visit: Visit | undefined;
  /** The one before. */
  #last: Visit | undefined;
  #timer: NodeJS.Timeout;
  #patience: NodeJS.Timeout | undefined;
  /** The end of the request has not come, so that there is no telling where the next one begins. */
  #unfinished = false;

  constructor(socket: Socket, raw: Socket, transport: Transport, number: number, reception: Reception) {
    this.#number = number;
    this.#transport = transport;
    this.#reception = reception;
    this.link = socketLink(socket, { onData: (data) => this.#onData(data), onEnd: () => this.#onEnd() }, raw);
    this.#timer = this.#headTimer();
  }

  #headTimer(): NodeJS.Timeout {
    return setTimeout(() => this.link.destroy(), LIMITS.head).unref();
  }

  #onEnd(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#visit?.ended();
    this.link.finish();
  }

  #onData(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    if (!this.#visit) this.#read();
    else if (this.#buffer.length > LIMITS.body) this.link.reset();
  }

  #read(): void {
    try {
      const read = this.#parse();
      if (read === undefined) return;
      if ('refused' in read) this.#refuse(read.refused);
      else this.#arrive(read.head, read.body);
    } catch (error) {
      if (!(error instanceof MalformedHead || error instanceof Unexpected)) throw error;
      this.#refuse('400 Bad Request');
    }
  }

  /**
   * The request that the buffer begins with, or the status with which it is refused; undefined while it is not whole.
   * @throws MalformedHead, or Unexpected for a body whose end cannot be known
   */
  #parse(): { readonly head: RequestHead; readonly body: Buffer } | { readonly refused: string } | undefined {
    // RFC 9112 §2.2: an empty line before a request is no part of it.
    while (this.#buffer.length >= 2 && this.#buffer.readUInt16BE() === CRLF) this.#buffer = this.#buffer.subarray(2);
    // Nobody waits for the end of a head that does not begin with a method: TLS, for one, has no empty line.
    if (this.#buffer.length > 0 && !TOKEN.test(String.fromCharCode(this.#buffer[0]!)))
      return { refused: '400 Bad Request' };
    const end = endOfHead(this.#buffer);
    if (end < 0) return undefined;
    const head = parseRequestHead(this.#buffer.subarray(0, end));
    if (head.start === HTTP2) return { refused: '505 HTTP Version Not Supported' };
    const framing = requestFramingOf(head);
    const body = framing.push(this.#buffer.subarray(end));
    if (Math.max(Number(head.get('content-length') ?? 0), body.length) > LIMITS.body)
      return { refused: '413 Content Too Large' };
    if (!framing.done) {
      this.#await(head);
      return undefined;
    }
    this.#buffer = Buffer.from(framing.rest);
    return { head, body };
  }

  #arrive(head: RequestHead, body: Buffer): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#visit = this.#reception.arrive({
      head,
      transport: this.#transport,
      body,
      connection: this.#number,
      under: this.#underlay(head),
    });
  }

  /**
   * For a GET whose body is not there. Servers answer it at its head, and a proxy that takes the upgrade out of a handshake
   * may announce a body that never comes: without an answer nobody would learn what the origin got.
   */
  #await(head: RequestHead): void {
    if (head.method !== 'GET' || this.#patience) return;
    this.#patience = setTimeout(() => {
      this.#unfinished = true;
      this.#buffer = Buffer.alloc(0);
      this.#arrive(head, this.#buffer);
    }, LIMITS.bodyOfGet).unref();
  }

  /** For bytes that are no request: there is no nonce to journal them by. What follows them is not read. */
  #refuse(status: string): void {
    this.#last?.strayed(this.#buffer.length);
    const stamp = this.#last ? '' : `X-Wsproof-Origin: ${this.#reception.turnAway(this.#buffer)}\r\n`;
    this.link.write(Buffer.from(`HTTP/1.1 ${status}\r\n${stamp}Content-Length: 0\r\nConnection: close\r\n\r\n`));
    this.link.finish();
    this.#buffer = Buffer.alloc(0);
    this.link.redirect({ onData: () => {} });
  }

  /** The next request on the same connection, unless one of the two sides wants it closed (RFC 9112 §9.3). */
  #next(request: RequestHead, response: ResponseHead): void {
    if (request.last || this.#unfinished || response.lists('connection', 'close')) return this.link.finish();
    this.#last = this.#visit;
    this.#visit = undefined;
    this.#timer = this.#headTimer();
    if (this.#buffer.length > 0) this.#read();
  }

  #underlay(request: RequestHead): Underlay {
    const connection = this;
    return {
      link: this.link,
      get rest() {
        return connection.#buffer;
      },
      switch: async (head, glued, split) => {
        const bytes = head.toBytes();
        if (split) {
          await inPieces(this.link, bytes, true);
          if (glued.length > 0) this.link.write(glued);
        } else this.link.write(Buffer.concat([bytes, glued]));
      },
      answer: async (head, body, options) => {
        const bytes = Buffer.concat([head.toBytes(), options.chunked ? chunked(body) : body]);
        await inPieces(this.link, bytes, options.split);
        this.#next(request, head);
      },
      stream: (head) => {
        const chunks = head.lists('transfer-encoding', 'chunked');
        this.link.write(head.toBytes());
        return {
          write: (piece) => void this.link.write(chunks ? chunk(piece) : piece),
          end: () => {
            if (!chunks) return this.link.finish();
            this.link.write(LAST_CHUNK);
            this.#next(request, head);
          },
        };
      },
      drop: (how) => (how === 'fin' ? this.link.finish() : this.link.reset()),
    };
  }

  /** When the connection was opened, ms on the monotonic clock. */
  readonly openedAt = now();
}
