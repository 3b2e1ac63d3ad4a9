import { now } from './clock.ts';
import type { SentRequest, Unanswered } from './endpoint.ts';
import type { RequestHead } from './head.ts';
import { Unexpected } from './unexpected.ts';

/** Bytes of what came that are kept for the evidence. */
const KEPT = 4096;

/** The handshake got no readable answer. */
export class NoAnswer extends Unexpected {
  override readonly name = 'NoAnswer';
  readonly unanswered: Unanswered;

  constructor(expected: string, actual: string, kind: Unexpected['kind'], unanswered: Unanswered, about?: string) {
    super(expected, actual, kind, about);
    this.unanswered = { ...unanswered, received: unanswered.received.subarray(0, KEPT) };
  }
}

/** For a connection that could not be had: the handshake got no answer because it was never sent. */
export function unsent(head: RequestHead, key: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Unexpected)) throw error;
    const request: SentRequest = { head, key, at: now() };
    throw new NoAnswer(error.expected, error.actual, error.kind, { request, received: Buffer.alloc(0) }, error.about);
  };
}
