import { createHmac, timingSafeEqual } from 'node:crypto';

/** ms for which a signature is good: whoever overhears one may not use it for ever, and clocks may differ by that much. */
const FRESH = 10 * 60_000;

/**
 * What an origin on another machine and a run have in common, and nobody else: who has it may ask for scenes and read the
 * journal. It is never sent.
 */
export class OriginToken {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  #mac(use: string, text: string): string {
    return createHmac('sha256', this.#secret).update(`${use}\n${text}`).digest('hex');
  }

  /** What `X-Wsproof-Origin` says in the answer to this nonce. */
  stampFor(nonce: string): string {
    return this.#mac('stamp', nonce).slice(0, 16);
  }

  /** Says with a nonce that the client has the token. @param at ms since 1970 */
  signatureFor(nonce: string, at = Date.now()): string {
    const time = at.toString(36);
    return `${time}.${this.#mac('request', `${time} ${nonce}`).slice(0, 32)}`;
  }

  /** Whether a signature is one of this nonce, and fresh. @param at ms since 1970 */
  signs(signature: string, nonce: string, at = Date.now()): boolean {
    const [time = ''] = signature.split('.');
    const age = Math.abs(at - Number.parseInt(time, 36));
    if (nonce === '' || !(age <= FRESH)) return false;
    const due = Buffer.from(this.signatureFor(nonce, Number.parseInt(time, 36)));
    const given = Buffer.from(signature);
    return given.length === due.length && timingSafeEqual(given, due);
  }

  /** Says that an answer is the origin's, down to the last byte. */
  sealFor(nonce: string, body: string): string {
    return this.#mac('journal', `${nonce} ${body}`);
  }
}
