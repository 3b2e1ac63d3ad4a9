import type { Journal } from '../origin/journal.ts';
import { RemoteJournal } from '../origin/remote-journal.ts';
import { OriginToken } from '../origin/token.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Setting } from './setting.ts';

/** What went straight stands in the journal of the origin here, what went through the proxy in that of the origin there. */
const joined = (here: Journal, there: Journal): Journal => ({
  async all(nonce) {
    const straight = await here.all(nonce);
    return straight.length > 0 ? straight : there.all(nonce);
  },
  async until(nonce, ...rest) {
    return ((await here.all(nonce)).length > 0 ? here : there).until(nonce, ...rest);
  },
  async resume(nonce) {
    await ((await here.all(nonce)).length > 0 ? here : there).resume(nonce);
  },
  unreadable: () => there.unreadable(),
});

/** The origin of a target, where it runs on another machine (`wsproof serve`, `--origin remote`). */
export class RemoteOrigin {
  readonly #token: OriginToken;
  /** By the endpoint that leads to it. */
  readonly #journals = new Map<Endpoint, RemoteJournal>();

  constructor(token: string) {
    this.#token = new OriginToken(token);
  }

  #journal(endpoint: Endpoint): RemoteJournal {
    const journal = this.#journals.get(endpoint) ?? new RemoteJournal(endpoint, this.#token);
    this.#journals.set(endpoint, journal);
    return journal;
  }

  /** @throws EnvironmentError when no origin with this token answers there: nothing but that is asked of it then */
  prove(endpoint: Endpoint): Promise<void> {
    return this.#journal(endpoint).prove();
  }

  /** @param here the journal of the origin that the direct line leads to */
  settingAt(endpoint: Endpoint, here: Journal): Pick<Setting, 'journal' | 'stampFor' | 'signatureFor'> {
    return {
      journal: joined(here, this.#journal(endpoint)),
      stampFor: (nonce) => this.#token.stampFor(nonce),
      signatureFor: (nonce) => this.#token.signatureFor(nonce),
    };
  }
}
