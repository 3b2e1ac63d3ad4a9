import { Body, type Piece, type SeenPiece } from '../wire/body.ts';
import { startDeadline } from '../wire/clock.ts';
import type { Answer } from '../wire/endpoint.ts';
import type { ResponseHead } from '../wire/head.ts';
import type { ProbeRequest } from './conversation.ts';

/** Pieces kept for the evidence. */
const KEPT_PIECES = 64;

/** An answer whose body is read as it comes; behind a switch of protocols: bytes that are no frames of RFC 6455. */
export class OpenAnswer {
  readonly request: ProbeRequest;
  readonly response: ResponseHead;
  /** Whether the stamp is the origin's: without it the proxy answered by itself. */
  readonly stamped: boolean;
  /** The first pieces that were read, without their bytes. */
  readonly seen: SeenPiece[] = [];
  readonly #answer: Answer;
  readonly #body: Body;
  readonly #patience: number;

  /** @param patience ms that each wait may take */
  constructor(request: ProbeRequest, answer: Answer, stamped: boolean, patience: number) {
    this.request = request;
    this.response = answer.response;
    this.stamped = stamped;
    this.#answer = answer;
    this.#body = new Body(answer);
    this.#patience = patience;
  }

  /**
   * What comes next of the body, or undefined when it is whole. Errors as {@link Body.next}.
   * @param within ms; default: the run's patience
   */
  async next(what?: string, within = this.#patience): Promise<Piece | undefined> {
    const piece = await this.#body.next(within, what);
    if (piece && this.seen.length < KEPT_PIECES) this.seen.push({ length: piece.data.length, at: piece.at });
    return piece;
  }

  /** All that is still to come; limits and errors as {@link next}. */
  async rest(what?: string, within?: number): Promise<Piece[]> {
    const pieces: Piece[] = [];
    for (;;) {
      const piece = await this.next(what, within);
      if (!piece) return pieces;
      pieces.push(piece);
    }
  }

  /** Whether anything comes behind a body that is whole, bytes or an end, within so many ms. */
  stirs(within: number): Promise<boolean> {
    const { link } = this.#answer;
    if (link.ending) return Promise.resolve(true);
    return new Promise((resolve) => {
      const callOff = startDeadline(within, () => resolve(false));
      const stirred = (): void => {
        callOff();
        resolve(true);
      };
      link.redirect({ onData: stirred, onEnd: stirred });
    });
  }

  /** Writes bytes as they are: after a switch of protocols they are the new protocol's. */
  write(bytes: Buffer): void {
    this.#answer.link.write(bytes);
  }
}
