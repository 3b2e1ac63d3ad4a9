import type { BodySample, SeenPiece } from '../wire/body.ts';
import { now, startDeadline } from '../wire/clock.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { RequestHead, ResponseHead } from '../wire/head.ts';
import type { Ending } from '../wire/link.ts';
import type { SeenFrame } from '../wire/record.ts';
import { Unexpected } from '../wire/unexpected.ts';
import { LIMITS } from './limits.ts';

/** What the origin saw of one request and of the conversation behind it. Plain data: it can cross a machine border. */
export interface Exchange {
  /** What the client put into the request to find it again. Never correlate by connection: proxies pool them. */
  readonly nonce: string;
  /** Which origin it was, where several stand behind the proxy: `a`, `b`. */
  readonly origin: string;
  /** The TCP connection at the origin, counted from 1. */
  readonly connection: number;
  /** As which upstream of the proxy's configuration the origin was asked, where it stands in for some: `app:3000`. */
  readonly upstream?: string;
  /** How the request came to the origin, which is the proxy's choice and not the client's. */
  readonly transport: Transport;
  /** On the monotonic clock of the origin, ms; so are all other times. */
  readonly arrivedAt: number;
  readonly head: RequestHead;
  /** Bytes that came in the same read as the end of the head. */
  readonly early: number;
  readonly body: BodySample;
  /** What the origin answered; undefined while (or if) it does not. */
  reply?: ResponseHead;
  repliedAt?: number;
  /** The body of the answer, when protocols were not switched. */
  replyBody?: BodySample;
  /** The pieces of that body that the origin wrote one after the other; the first of them. */
  pieces?: readonly SeenPiece[];
  /** Bytes behind the head that had come when the origin answered; for a handshake that asks for them (draft 76). */
  bytesBeforeReply?: number;
  /** Bytes behind the head that the origin wrote together with its 101. */
  glued?: number;
  /** The origin reads nothing from this connection for now. */
  stalled?: boolean;
  /** The origin ended the connection by itself instead of answering. */
  hungUp?: 'fin' | 'rst';
  /** The first and last frames in both directions. */
  frames: readonly SeenFrame[];
  /** Bytes that came behind this exchange on its connection, and were no request. */
  stray?: number;
  /** Bytes that came and are no whole frame yet. */
  pending?: number;
  /** Whole data messages that the origin received. */
  messages: number;
  /** Bytes behind the head, received and sent. */
  bytesIn: number;
  bytesOut: number;
  /** A rule of RFC 6455 that was broken on the origin's side of the proxy. */
  violation?: string;
  /** How the other side ended the connection (or stream), seen from the origin. */
  ending?: Ending;
  /** How the origin ended its own side of it. */
  left?: Ending;
}

/** The beginning of a connection on which no request came that could be read. */
export interface Unreadable {
  /** On the monotonic clock of the origin, ms. */
  readonly at: number;
  readonly start: Buffer;
  /** The alert by which a TLS handshake was ended, in OpenSSL's words: "tlsv1 alert unknown ca". */
  readonly alert?: string;
}

/** The one door through which probes look at the origin, so that an origin on another machine can stand behind it. */
export interface Journal {
  /** All exchanges with this nonce, in the order of their arrival; several when a proxy repeats a request. */
  all(nonce: string): Promise<readonly Exchange[]>;
  /**
   * The first exchange with this nonce that satisfies the condition, as soon as it does.
   * @param within ms
   * @throws Unexpected of kind `timeout`
   */
  until(nonce: string, condition: (exchange: Exchange) => boolean, within: number, what: string): Promise<Exchange>;
  /** Has the origin read on, or end, where it was told to wait (`stall`). */
  resume(nonce: string): Promise<void>;
  /** The last connections that began with something that is no request: the nonce in it tells whose, or only the time. */
  unreadable(): Promise<readonly Unreadable[]>;
}

/** Bytes, roughly: a frame with its payload, a field with its text. */
function weigh({ head, frames, reply, body, replyBody }: Exchange): number {
  const fields = [...head.fields, ...(reply?.fields ?? [])];
  const text = fields.reduce((sum, [name, value]) => sum + name.length + value.length + 100, head.start.length);
  return 1000 + text + body.preview.length + (replyBody?.preview.length ?? 0) + frames.length * 500;
}

/** What was waited for did not come to the origin. @param reached the request has, at least */
export function neverSeen(what: string, within: number, reached: boolean): Unexpected {
  const actual = reached ? 'it did not happen' : 'the request never reached the origin';
  return new Unexpected(`${what} at the origin within ${within} ms`, actual, 'timeout');
}

interface Waiter {
  readonly nonce: string;
  look(): void;
}

/** The journal of an origin in this process. */
export class MemoryJournal implements Journal {
  readonly #exchanges = new Map<string, Exchange[]>();
  readonly #waiters = new Set<Waiter>();
  readonly #weights = new Map<Exchange, number>();
  #weight = 0;
  #unreadable: Unreadable[] = [];

  add(exchange: Exchange): void {
    const same = this.#exchanges.get(exchange.nonce) ?? [];
    same.push(exchange);
    this.#exchanges.set(exchange.nonce, same);
    this.#weights.set(exchange, 0);
    this.changed(exchange);
  }

  /** @param bytes with which a connection began, and which are no request */
  addUnreadable(bytes: Buffer, alert?: string): void {
    const start = Buffer.from(bytes.subarray(0, LIMITS.unreadable.bytes));
    const one = { at: now(), start, ...(alert === undefined ? {} : { alert }) };
    this.#unreadable = [...this.#unreadable, one].slice(-LIMITS.unreadable.connections);
  }

  async unreadable(): Promise<readonly Unreadable[]> {
    return this.#unreadable;
  }

  /** Something about this exchange is new: whoever waits for it looks again. */
  changed(exchange: Exchange): void {
    const before = this.#weights.get(exchange);
    if (before === undefined) return;
    const weight = weigh(exchange);
    this.#weights.set(exchange, weight);
    this.#weight += weight - before;
    this.#forget();
    for (const waiter of [...this.#waiters]) if (waiter.nonce === exchange.nonce) waiter.look();
  }

  /** The oldest exchanges, until what is left is within the limits; never the only one. */
  #forget(): void {
    while ((this.#weights.size > LIMITS.exchanges || this.#weight > LIMITS.journal) && this.#weights.size > 1) {
      const [oldest, weight] = this.#weights.entries().next().value as [Exchange, number];
      this.#weights.delete(oldest);
      this.#weight -= weight;
      const left = (this.#exchanges.get(oldest.nonce) ?? []).filter((exchange) => exchange !== oldest);
      if (left.length > 0) this.#exchanges.set(oldest.nonce, left);
      else this.#exchanges.delete(oldest.nonce);
    }
  }

  async all(nonce: string): Promise<readonly Exchange[]> {
    return this.#exchanges.get(nonce) ?? [];
  }

  async resume(nonce: string): Promise<void> {
    for (const exchange of await this.all(nonce)) {
      exchange.stalled = false;
      this.changed(exchange);
    }
  }

  /** Resolves when something about the exchanges with this nonce is new, or when so many ms are over. */
  change(nonce: string, within: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve();
      };
      const waiter: Waiter = { nonce, look: done };
      const timer = setTimeout(done, within);
      this.#waiters.add(waiter);
    });
  }

  async until(
    nonce: string,
    condition: (exchange: Exchange) => boolean,
    within: number,
    what: string,
  ): Promise<Exchange> {
    const find = (): Exchange | undefined => this.#exchanges.get(nonce)?.find(condition);
    const found = find();
    if (found) return found;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        nonce,
        look: () => {
          const match = find();
          if (!match) return;
          callOff();
          this.#waiters.delete(waiter);
          resolve(match);
        },
      };
      const callOff = startDeadline(within, () => {
        this.#waiters.delete(waiter);
        reject(neverSeen(what, within, this.#exchanges.has(nonce)));
      });
      this.#waiters.add(waiter);
    });
  }
}
