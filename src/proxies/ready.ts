import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { EnvironmentError } from '../errors.ts';
import { now } from '../wire/clock.ts';
import { handshake } from '../wire/dial.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Head } from '../wire/head.ts';
import { Unexpected } from '../wire/unexpected.ts';

/** ms from the start of a proxy until it has to let a request through. */
const BUDGET = 15_000;
/**
 * ms that one answer may take, at first and at last: a proxy that swallows the handshake must not use the budget up, and
 * one that tries an origin again for seconds has to come to its 503 (HAProxy tries four times).
 */
const PATIENCE = { first: 1000, last: 6000 };
/**
 * ms from its first answer for which a proxy that answers by itself may be on its way to the origin. After that the answer
 * is what it has to say: a redirect, a login, a page of its own is for the probes to find.
 */
const SECOND_THOUGHTS = 4000;
/** RFC 9110 §15.6.3-5: what a gateway says while the origin behind it cannot be reached. */
const GATEWAY_ERRORS = [502, 503, 504];
/** ms between two tries, at first and at last. */
const PAUSE = { first: 25, last: 500 };

/** What a proxy is waited for with. */
export interface Readiness {
  readonly signal: AbortSignal;
  /** Why the proxy is not there any more, or undefined while it is. */
  readonly obituary: () => Promise<string | undefined>;
  /** The origin behind it is not ours: any answer will do, and even a connection that says nothing. */
  readonly foreign?: boolean;
  /** ms. Default 15 s. */
  readonly budget?: number;
  /** Whether something came to the origin since then (ms, monotonic clock) that it could not read. */
  readonly knocked?: ((since: number) => Promise<boolean>) | undefined;
  /** Is shown each answer on the way. */
  readonly answered?: (head: Head) => void;
  /** ms after which an answer of the proxy itself will not become another one. Default: the budget. */
  readonly settled?: number;
}

/** Why a proxy is not ready. */
export interface Obstacle {
  /**
   * How far a request came: to no listener, to one that is silent, to an end of it, to an answer that there is no way to
   * the origin, to another answer of the proxy.
   */
  readonly rank: 0 | 1 | 2 | 3 | 4;
  /** It calls it a fault of its own (RFC 9110 §15.6), which may pass as it gets going. */
  readonly fault?: boolean;
  /** What follows the proxy's name: "accepts no connection on port 8080". */
  readonly words: string;
}

/** The proxy is gone. */
export class Died extends EnvironmentError {}

function obstacleOf(error: unknown, endpoint: Endpoint): Obstacle {
  if (!(error instanceof Unexpected)) throw error;
  switch (error.kind) {
    case 'refused':
      return { rank: 0, words: `accepts no connection on port ${endpoint.port}` };
    case 'timeout':
      return { rank: 1, words: `answers nothing: ${error.message}` };
    case 'ended':
      return { rank: 2, words: 'accepts connections and ends them without an answer' };
    case 'protocol':
      return { rank: 2, words: `gives no answer that can be read: ${error.actual}` };
    default:
      return { rank: 1, words: `cannot be spoken to: ${error.actual}` };
  }
}

/** One request through the proxy: undefined when an answer of the origin came back. */
async function obstacle(
  endpoint: Endpoint,
  plain: boolean,
  within: number,
  { foreign = false, answered }: Readiness,
): Promise<Obstacle | undefined> {
  try {
    const key = randomBytes(16).toString('base64');
    const { response, dispose } = await handshake(endpoint, key, { target: endpoint.base || '/', plain, within });
    dispose();
    answered?.(response);
    if (foreign || response.has('x-wsproof-origin')) return undefined;
    const answer = [response.status, response.reason].join(' ').trim();
    const rank = GATEWAY_ERRORS.includes(response.status) ? 3 : 4;
    const fault = response.status >= 500;
    return { rank, fault, words: `answers \`${answer}\` itself; no answer of the origin came through it` };
  } catch (error) {
    return obstacleOf(error, endpoint);
  }
}

/**
 * The ms after its start until which a proxy with such an obstacle is waited for. Pure.
 *
 * @param answered ms after its start at which it first gave an answer of its own
 */
export function patienceWith({ rank, fault }: Obstacle, answered: number, budget: number, settled = budget): number {
  if (rank === 3) return Math.min(settled, budget);
  // Traffic Server, for one, answers 500 for seconds, until it has read the names of its hosts.
  if (rank < 4 || fault) return budget;
  return Math.min(answered + SECOND_THOUGHTS, budget);
}

/**
 * Waits until an answer of the origin has come through the proxy, by a plain request or by a handshake: some proxies
 * forward only the one, some only the other. One that goes on answering by itself is ready as well.
 *
 * @returns why it is not ready when the budget is used up; undefined when it is
 * @throws Died when the proxy is gone; the signal's reason when it is aborted
 */
export async function notReady(endpoint: Endpoint, readiness: Readiness): Promise<Obstacle | undefined> {
  const { signal, obituary, foreign = false, budget = BUDGET, settled, knocked } = readiness;
  const started = now();
  const deadline = started + budget;
  let answered: number | undefined;
  let patience = PATIENCE.first;
  for (let pause = PAUSE.first; ; pause = Math.min(pause * 1.5, PAUSE.last)) {
    const obstacles: Obstacle[] = [];
    for (const plain of [true, false]) {
      const died = await obituary();
      signal.throwIfAborted();
      if (died !== undefined) throw new Died(died);
      const found = await obstacle(
        endpoint,
        plain,
        Math.max(1, Math.min(patience, Math.ceil(deadline - now()))),
        readiness,
      );
      if (!found || (foreign && found.rank >= 2)) return undefined;
      obstacles.push(found);
      // Nobody listens yet: the other kind of request would find the same.
      if (found.rank === 0) break;
    }
    const [reached] = obstacles.sort((a, b) => b.rank - a.rank);
    // It has found its way: that it speaks another protocol there than the origin is for the probes to find.
    const astray = reached!.rank === 3 && (await knocked?.(started));
    const farthest: Obstacle = astray ? { rank: 4, words: reached!.words } : reached!;
    const { rank, words } = farthest;
    if (rank >= 3) answered ??= now() - started;
    if (rank === 1) patience = Math.min(patience * 2, PATIENCE.last);
    const limit = patienceWith(farthest, answered ?? 0, budget, settled);
    if (now() + pause >= started + limit) {
      return rank === 4 ? undefined : { ...farthest, words: `${words} (waited ${limit / 1000} s)` };
    }
    // The timer's own AbortError says less than the reason.
    await delay(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
