import type { ClientHttp2Stream, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { now } from './clock.ts';

/** How the other side ended its direction: in order (FIN, END_STREAM) or not (RST, RST_STREAM, a fault of TLS). */
export interface Ending {
  readonly how: 'fin' | 'rst';
  /** On the monotonic clock, ms. */
  readonly at: number;
  /** The system's or the protocol's word for it: `ECONNRESET`, `NGHTTP2_INTERNAL_ERROR`. */
  readonly detail?: string;
}

export interface LinkOptions {
  readonly onData: (chunk: Buffer) => void;
  readonly onEnd?: (ending: Ending) => void;
}

/**
 * A two-way byte stream with control over both of its ends, the same over TCP, TLS and a stream of HTTP/2.
 * It reports how the far side ended and never ends its own side by itself.
 */
export class Link {
  readonly stream: Duplex;
  readonly openedAt = now();
  readonly ended: Promise<Ending>;
  ending: Ending | undefined;
  bytesIn = 0;
  bytesOut = 0;
  readonly #abort: () => void;
  #options: LinkOptions;

  /** @param abort ends both directions at once: RST on TCP, RST_STREAM on HTTP/2 */
  constructor(stream: Duplex, abort: () => void, options: LinkOptions) {
    this.stream = stream;
    this.#abort = abort;
    this.#options = options;
    this.ended = new Promise((resolve) => {
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
        // EPIPE is our own late write: the far side's FIN or RST is reported by its own event.
        if (error.code !== 'EPIPE') end('rst', error.code ?? error.message);
      });
      stream.on('aborted', () => end('rst', 'RST_STREAM'));
      stream.on('close', () => end('rst', 'closed'));
    });
  }

  /** Hands the bytes that follow to somebody else (the head has been read, frames begin). */
  redirect(options: LinkOptions): void {
    this.#options = options;
  }

  /** @returns false when the far side does not keep up (the bytes are buffered all the same) */
  write(bytes: Buffer): boolean {
    if (this.stream.destroyed || this.stream.writableEnded) return true;
    this.bytesOut += bytes.length;
    return this.stream.write(bytes);
  }

  /** Resolves when the buffered bytes are with the operating system, or the link is gone. */
  async drained(): Promise<void> {
    if (!this.stream.writableNeedDrain || this.stream.destroyed) return;
    await new Promise<void>((resolve) => {
      this.stream.once('drain', resolve);
      this.stream.once('close', resolve);
    });
  }

  /** Ends our direction in order: FIN, END_STREAM. */
  finish(): void {
    if (!this.stream.destroyed) this.stream.end();
  }

  /** RST, RST_STREAM. */
  reset(): void {
    this.#abort();
  }

  /** Gives everything back to the system. */
  destroy(): void {
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
  return new Link(stream, () => stream.close(8 /* CANCEL, RFC 9113 §7 */), options);
}
