import { randomBytes } from 'node:crypto';
import { EnvironmentError } from '../errors.ts';
import { Body, readBody } from '../wire/body.ts';
import { now } from '../wire/clock.ts';
import { handshake } from '../wire/dial.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { Unexpected } from '../wire/unexpected.ts';
import { type Exchange, type Journal, neverSeen, type Unreadable } from './journal.ts';
import { RESUME } from './journal-scene.ts';
import { type JournalPage, readPage } from './journal-text.ts';
import { type Scene, sceneQuery } from './scene.ts';
import type { OriginToken } from './token.ts';

/** ms that the origin may hold an answer back until there is something new. */
const HOLD = 1000;
/** ms for an answer beyond that. */
const PATIENCE = 5000;
/** How often the clocks are compared; the quickest answer tells best. */
const LOOKS = 3;
/** Tries of a question: what a proxy does to one request now and then is for the probes to find. */
const TRIES = 3;

interface Told {
  readonly page: string;
  readonly seen: string;
  /** When it was asked, and when the answer was here, on the clock of this process, ms. */
  readonly askedAt: number;
  readonly at: number;
}

/** The journal of an origin on another machine, asked for through the very proxy in front of it, by plain requests. */
export class RemoteJournal implements Journal {
  readonly #endpoint: Endpoint;
  readonly #token: OriginToken;
  #clock: Promise<number> | undefined;

  constructor(endpoint: Endpoint, token: OriginToken) {
    this.#endpoint = endpoint;
    this.#token = token;
  }

  /**
   * Asks for the first time, which proves that the far end is an origin with the same token.
   * @throws EnvironmentError when it is not, or is of another version
   */
  async prove(): Promise<void> {
    await this.#ahead();
  }

  async #once(scene: Scene, within: number): Promise<Told> {
    const nonce = randomBytes(8).toString('hex');
    const signature = this.#token.signatureFor(nonce);
    const { base } = this.#endpoint;
    const answer = await handshake(this.#endpoint, '', {
      target: `${base || '/'}?${sceneQuery(nonce, { play: 'journal', ...scene })}&sig=${signature}`,
      plain: true,
      fields: [
        ['X-Wsproof-Nonce', nonce],
        ['X-Wsproof-Sig', signature],
      ],
      within,
    });
    try {
      const { response, request, at } = answer;
      const page = (await readBody(new Body(answer), within)).toString();
      if (response.get('x-wsproof-seal') === this.#token.sealFor(nonce, page))
        return { page, seen: response.get('x-wsproof-seen') ?? '', askedAt: request.at, at };
      const who = response.has('x-wsproof-origin')
        ? 'An origin with another token, or another time, answered: give both the same token, and look at their clocks.'
        : 'It was not the origin that answered: is there a wsproof serve behind it, and has it a token?';
      throw new EnvironmentError(
        `The journal of the origin cannot be read through ${this.#endpoint.authority} (${response.start}). ${who}`,
      );
    } finally {
      answer.dispose();
    }
  }

  /** @throws EnvironmentError when no answer of the origin comes */
  async #ask(scene: Scene): Promise<Told> {
    for (let left = TRIES; ; left--) {
      try {
        return await this.#once(scene, (scene.delay ?? 0) + PATIENCE);
      } catch (error) {
        if (!(error instanceof Unexpected || error instanceof EnvironmentError)) throw error;
        if (left > 1) continue;
        if (error instanceof EnvironmentError) throw error;
        throw new EnvironmentError(
          `The journal of the origin cannot be read through ${this.#endpoint.authority}: ${error.message}.`,
        );
      }
    }
  }

  #read({ page }: Told, ahead: number): JournalPage {
    const read = readPage(page, ahead);
    if (read) return read;
    throw new EnvironmentError('The origin is of another version of wsproof: install the same one on both machines.');
  }

  /** ms by which the clock of this process is ahead of the origin's. */
  #ahead(): Promise<number> {
    this.#clock ??= (async () => {
      let best = { took: Number.POSITIVE_INFINITY, ahead: 0 };
      for (let look = 0; look < LOOKS; look++) {
        const told = await this.#ask({});
        const took = told.at - told.askedAt;
        if (took < best.took) best = { took, ahead: (told.at + told.askedAt) / 2 - this.#read(told, 0).now };
      }
      return best.ahead;
    })();
    return this.#clock;
  }

  async all(nonce: string): Promise<readonly Exchange[]> {
    const ahead = await this.#ahead();
    return this.#read(await this.#ask({ of: nonce }), ahead).exchanges;
  }

  async until(
    nonce: string,
    condition: (exchange: Exchange) => boolean,
    within: number,
    what: string,
  ): Promise<Exchange> {
    const ahead = await this.#ahead();
    const deadline = now() + within;
    let seen: { readonly seen?: string } = {};
    for (;;) {
      const left = Math.max(0, Math.ceil(deadline - now()));
      const told = await this.#ask({ of: nonce, ...seen, delay: Math.min(HOLD, left) });
      const { exchanges } = this.#read(told, ahead);
      const found = exchanges.find(condition);
      if (found) return found;
      if (left === 0) throw neverSeen(what, within, exchanges.length > 0);
      seen = { seen: told.seen };
    }
  }

  async resume(nonce: string): Promise<void> {
    await this.#ask({ of: nonce, text: RESUME });
  }

  async unreadable(): Promise<readonly Unreadable[]> {
    const ahead = await this.#ahead();
    return this.#read(await this.#ask({}), ahead).unreadable;
  }
}
