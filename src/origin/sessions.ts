import type { Field } from '../wire/head.ts';
import { echo } from './echo.ts';
import { LIMITS } from './limits.ts';
import { refusalOf } from './refusal.ts';
import type { Visit } from './visit.ts';

/** The clients that poll, and the messages that wait for each of them. Two origins behind one proxy share them. */
export class Sessions {
  readonly #waiting = new Map<string, Buffer[]>();

  /**
   * @param origin where it is opened
   * @param nonce of the request that opens it
   * @returns its id; the name of the origin comes first: `a-5f0c1d0b`
   */
  open(origin: string, nonce: string): string {
    const id = `${origin}-${nonce}`;
    this.#waiting.set(id, []);
    if (this.#waiting.size > LIMITS.sessions) this.#waiting.delete(this.#waiting.keys().next().value!);
    return id;
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  put(id: string, message: Buffer): void {
    const waiting = this.#waiting.get(id);
    if (waiting && waiting.length < LIMITS.waiting) waiting.push(message);
  }

  /** What waits for this client; from now on it does so no longer. */
  take(id: string): Buffer[] {
    return this.#waiting.get(id)?.splice(0) ?? [];
  }
}

const TEXT: readonly Field[] = [
  ['Cache-Control', 'no-store'],
  ['Content-Type', 'text/plain'],
];

/**
 * What Socket.IO and SockJS do where there may be no WebSocket: the first poll opens a session, a POST is a message, the
 * next poll fetches what came, and a WebSocket takes the session over. Here each message is sent back to its sender.
 * An origin that is `alone` knows its own sessions and no others, as servers do that share no store.
 */
export async function playSession(visit: Visit, sessions: Sessions): Promise<void> {
  const { session, alone } = visit.scene;
  const { nonce, origin, head, body } = visit.exchange;
  const answer = (status: number, body: string | Buffer) => visit.refuse(status, TEXT, Buffer.from(body));
  if (session === undefined) return answer(200, sessions.open(origin, nonce));
  const known = sessions.has(session) && (!alone || session.startsWith(`${origin}-`));
  if (!known) return answer(400, `The session ${session} is not known at origin ${origin}.`);
  if (head.method === 'POST') {
    sessions.put(session, body.preview);
    return answer(200, 'ok');
  }
  if (refusalOf(head)) return answer(200, Buffer.concat(sessions.take(session)));
  const socket = await visit.accept(echo(visit.scene));
  for (const message of sessions.take(session)) socket.send(message.toString());
}
