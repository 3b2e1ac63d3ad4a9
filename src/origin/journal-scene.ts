import { hash } from 'node:crypto';
import { now } from '../wire/clock.ts';
import type { MemoryJournal } from './journal.ts';
import { writePage } from './journal-text.ts';
import type { OriginToken } from './token.ts';
import type { Visit } from './visit.ts';

/** ms that an answer is held back at most: proxies give up what takes too long. */
const HELD = 2000;

/** The scene's text that has the origin read on where it was told to wait. */
export const RESUME = 'resume';

/**
 * Tells a client that has the token what the journal holds of a nonce (`of`), or what could not be read when none is
 * named. What the client has (`seen`) is told again only when there is more of it, or `delay` is over.
 */
export async function playJournal(visit: Visit, journal: MemoryJournal, token: OriginToken): Promise<void> {
  const { of, seen, delay = 0, text } = visit.scene;
  if (of !== undefined && text === RESUME) await journal.resume(of);
  const until = now() + Math.min(delay, HELD);
  for (;;) {
    const exchanges = of === undefined ? [] : await journal.all(of);
    const unreadable = of === undefined ? await journal.unreadable() : [];
    const version = hash('sha1', writePage({ exchanges, unreadable, now: 0 })).slice(0, 16);
    if (of !== undefined && version === seen && now() < until) {
      await journal.change(of, until - now());
      continue;
    }
    const body = writePage({ exchanges, unreadable, now: now() });
    const fields = [
      ['Content-Type', 'application/json'],
      ['Cache-Control', 'no-store'],
      ['X-Wsproof-Seen', version],
      ['X-Wsproof-Seal', token.sealFor(visit.exchange.nonce, body)],
    ] as const;
    return visit.refuse(200, fields, Buffer.from(body));
  }
}
