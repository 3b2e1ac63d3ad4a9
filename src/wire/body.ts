import { now } from './clock.ts';
import type { Answer } from './endpoint.ts';
import { type Framing, framingOf, Unframed } from './framing.ts';
import { Mailbox } from './mailbox.ts';
import { Unexpected } from './unexpected.ts';

/** A body as it is kept for evidence. */
export interface BodySample {
  /** Its first KiB. */
  readonly preview: Buffer;
  readonly length: number;
}

/** A body that is there, as it is kept. */
export const sampleOf = (body: Buffer): BodySample => ({ preview: body.subarray(0, 1024), length: body.length });

/** Bytes of one body; beyond them it is given up, so that no answer can fill the memory. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** What arrived of a body at one time, its framing taken off. */
export interface Piece {
  readonly data: Buffer;
  /** On the monotonic clock, ms. */
  readonly at: number;
}

/** When how many bytes of a body were written or came, the framing not counted. */
export interface SeenPiece {
  readonly length: number;
  /** On the monotonic clock of whoever saw it, ms. */
  readonly at: number;
}

/** The body of an answer that did not switch protocols, as it comes in; behind a switch: whatever comes then. */
export class Body {
  readonly #pieces = new Mailbox<Piece | undefined>();
  readonly #framing: Framing;
  #length = 0;
  #over = false;

  constructor({ link, response, rest, switched, at }: Answer) {
    // Over HTTP/2 the frames are the framing (RFC 9113 §8.1).
    this.#framing = switched || response.version === 'HTTP/2' ? new Unframed() : framingOf(response, response.status);
    link.redirect({ onData: (bytes) => this.#take(bytes, now()), onEnd: () => this.#end(link.ending?.how === 'fin') });
    this.#take(rest, at);
    if (link.ending) this.#end(link.ending.how === 'fin');
  }

  #take(bytes: Buffer, at: number): void {
    if (this.#over) return;
    try {
      const data = this.#framing.push(bytes);
      this.#length += data.length;
      if (this.#length > BODY_LIMIT)
        throw new Unexpected(`a body of at most ${BODY_LIMIT} bytes`, 'more came', 'protocol');
      if (data.length > 0) this.#pieces.push({ data, at });
      if (this.#framing.done) this.#finish();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #end(inOrder: boolean): void {
    if (this.#over) return;
    if (inOrder && this.#framing instanceof Unframed) return this.#finish();
    const actual = `the connection ended after ${this.#length} bytes of it`;
    this.#fail(new Unexpected('the whole body of the answer', actual, 'ended'));
  }

  #finish(): void {
    this.#over = true;
    this.#pieces.push(undefined);
  }

  #fail(error: Error): void {
    this.#over = true;
    this.#pieces.close(error);
  }

  /**
   * What comes next of it, or undefined when it is whole; ask no more then.
   *
   * @param within ms
   * @param left ms of them that are left. Default: all
   * @throws Unexpected when nothing comes in time, the connection ends before the body does, or its framing is broken
   */
  next(within: number, what = 'more of the body', left = within): Promise<Piece | undefined> {
    return this.#pieces.next(within, what, left);
  }
}

/**
 * The whole body of an answer.
 *
 * @param within ms
 * @throws Unexpected when the body is not whole in time, or its framing is broken
 */
export async function readBody(body: Body, within: number): Promise<Buffer> {
  const what = 'the whole body of the answer';
  const deadline = now() + within;
  const read: Buffer[] = [];
  for (;;) {
    const piece = await body.next(within, what, deadline - now());
    if (!piece) return Buffer.concat(read);
    read.push(piece.data);
  }
}
