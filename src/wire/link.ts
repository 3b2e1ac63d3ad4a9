import type { ClientHttp2Stream, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { addAbortSignal, type Duplex } from 'node:stream';
import { now } from './clock.ts';

/**
 * How one direction of a link ended: in order (FIN, END_STREAM) or not (RST, RST_STREAM, a fault of TLS). An RST that is
 * there before the data in front of it has been read may look like a FIN: libuv tells of the hang-up, and not of its kind.
 */
export interface Ending {
  readonly how: 'fin' | 'rst';
  /** On the monotonic clock, ms. */
  readonly at: number;
  /** The system's or the protocol's word for it: `ECONNRESET`, `NGHTTP2_INTERNAL_ERROR`. */
  readonly detail?: string;
}

/** The end of a connection in words: "the connection ended with FIN and no close frame". */
export function describeEnding(ending: Ending, close?: { code?: number; reason: string }): string {
  const how = `${ending.how.toUpperCase()}${ending.detail && ending.detail !== 'closed' ? ` (${ending.detail})` : ''}`;
  if (!close) return `the connection ended with ${how} and no close frame`;
  const reason = close.reason === '' ? '' : ` ${JSON.stringify(close.reason)}`;
  return `the connection was closed with ${close.code ?? 'no code'}${reason}, then ${how}`;
}

/** Who is told of what happens on a link. */
export interface LinkOptions {
  readonly onData: (chunk: Buffer) => void;
  /** The far side has ended. */
  readonly onEnd?: (ending: Ending) => void;
  /** This side has ended. */
  readonly onLeave?: (leaving: Ending) => void;
}

/** Bytes that are kept for a reader who has not come yet; beyond it nothing more is read. */
const HELD_LIMIT = 1024 * 1024;

/**
 * A two-way byte stream with control over both of its ends, the same over TCP, TLS and a stream of HTTP/2.
 * It reports how the far side ended and never ends its own side by itself.
 */
export class Link {
  readonly stream: Duplex;
  readonly openedAt = now();
  /** Resolves with {@link ending}. */
  readonly ended: Promise<Ending>;
  /** How the far side ended; an `rst` that is not older than {@link leaving} is the echo of our own. */
  ending: Ending | undefined;
  /** How this side ended its direction; undefined while it has not. */
  leaving: Ending | undefined;
  bytesIn = 0;
  bytesOut = 0;
  readonly #abort: () => void;
  #options: LinkOptions;
  #throttled = false;

  /** @param abort ends both directions at once: RST on TCP, RST_STREAM on HTTP/2 */
  constructor(stream: Duplex, abort: () => void, options: LinkOptions) {
    this.stream = stream;
    this.#abort = abort;
    this.#options = options;
    this.ended = new Promise((resolve) => {
      let late: string | undefined;
      const end = (how: Ending['how'], detail?: string): void => {
        if (this.ending) return;
        this.ending = { how, at: now(), ...(detail === undefined ? {} : { detail }) };
        resolve(this.ending);
        this.#options.onEnd?.(this.ending);
      };
      stream.on('data', (chunk: Buffer) => {
        this.bytesIn += chunk.length;
        this.#options.onData(chunk);
      });
      stream.on('end', () => {
        // HTTP/2 reports a stream that was reset as an end as well; the reset is what happened.
        const code = 'rstCode' in stream ? (stream as ClientHttp2Stream).rstCode : 0;
        if (stream.readableAborted || code) end('rst', code ? `RST_STREAM ${code}` : undefined);
        else end('fin');
      });
      stream.on('error', (error: NodeJS.ErrnoException) => {
        // EPIPE is our own late write: the far side's FIN may still be there to be read.
        if (error.code === 'EPIPE') late = error.code;
        else end('rst', error.code ?? error.message);
      });
      stream.on('aborted', () => end('rst', `RST_STREAM ${(stream as ClientHttp2Stream).rstCode}`));
      stream.on('close', () => {
        // Neither an end nor an error came from the far side: it was closed here.
        if (!this.ending && !this.leaving && late === undefined) this.#leave('rst');
        end('rst', late ?? 'closed');
      });
    });
  }

  /** Hands the bytes that follow to somebody else (the head has been read, frames begin), and reads on if paused. */
  redirect(options: LinkOptions): void {
    this.#options = options;
    this.resume();
  }

  /**
   * Keeps the bytes that come until somebody takes the link over.
   * @param first bytes that have come already
   */
  hold(first: Buffer): { readonly bytes: Buffer } {
    const held = { bytes: first };
    this.redirect({
      onData: (chunk) => {
        held.bytes = Buffer.concat([held.bytes, chunk]);
        if (held.bytes.length > HELD_LIMIT) this.pause();
      },
    });
    return held;
  }

  /** Whether what is written can still go out. */
  get writable(): boolean {
    return !this.stream.destroyed && !this.stream.writableEnded;
  }

  /** @returns false when the far side does not keep up (the bytes are buffered all the same) */
  write(bytes: Buffer): boolean {
    if (!this.writable) return true;
    this.bytesOut += bytes.length;
    return this.stream.write(bytes);
  }

  /** Resolves when the buffered bytes are with the operating system, or the link is gone. */
  async drained(): Promise<void> {
    const { stream } = this;
    if (!stream.writableNeedDrain || stream.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stream.off('drain', done);
        stream.off('close', done);
        resolve();
      };
      stream.on('drain', done);
      stream.on('close', done);
    });
  }

  /** Reads nothing more until the buffered bytes are gone: who asks for more than it takes has to wait. */
  async throttle(): Promise<void> {
    if (this.#throttled || !this.stream.writableNeedDrain) return;
    this.#throttled = true;
    this.pause();
    await this.drained();
    this.#throttled = false;
    this.resume();
  }

  /** Ends our direction in order: FIN, END_STREAM. */
  finish(): void {
    if (!this.leaving) this.#leave('fin');
    if (!this.stream.destroyed) this.stream.end();
  }

  /** Ends both directions at once: RST, RST_STREAM. */
  reset(): void {
    // A FIN that has gone out is outdone by it; what has ended altogether is not.
    if (!this.stream.destroyed) this.#leave('rst');
    this.#abort();
  }

  #leave(how: Ending['how']): void {
    this.leaving = { how, at: now() };
    this.#options.onLeave?.(this.leaving);
  }

  /** Gives everything back to the system. */
  destroy(): void {
    if (!this.leaving) this.#leave('rst');
    this.stream.destroy();
  }

  /** Stops reading, so that the far side feels backpressure. */
  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }
}

/** A link over a TCP socket, or over TLS on top of it (`raw` is then the TCP socket below). */
export function socketLink(socket: Socket, options: LinkOptions, raw: Socket = socket): Link {
  const abort = (): void => {
    raw.resetAndDestroy();
    if (socket !== raw) socket.destroy();
  };
  return new Link(socket, abort, options);
}

/** A link over one stream of HTTP/2. */
export function streamLink(stream: ClientHttp2Stream | ServerHttp2Stream, options: LinkOptions): Link {
  // RFC 8441 §5: a reset is RST_STREAM with CANCEL. `stream.close(CANCEL)` would send END_STREAM before it, which says
  // that all is well; an abort does not.
  return new Link(stream, () => void addAbortSignal(AbortSignal.abort(), stream), options);
}
