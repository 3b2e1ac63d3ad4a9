import { setTimeout as delay } from 'node:timers/promises';

/** ms over which is looked whether this process had rest. */
const WINDOW = 10;
/** The share of it that has to be rest: then all that lay there was read and answered. */
const REST = 0.2;
/** Windows that a start waits for at most: a machine without any rest is slow, and no reason to stand still. */
const PATIENCE = 25;

/**
 * Lets tries begin one after the other, each when this process had a moment of rest since the last one began. A hundred
 * at once would keep the origin, which is this process too, from answering for seconds on a busy machine: proxies with
 * short timeouts give it up then, and that would be told of the proxy.
 */
export class Pacer {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, in the order of the calls; at once when the run is stopped. */
  turn(signal: AbortSignal): Promise<void> {
    this.#last = this.#last.then(() => rested(signal));
    return this.#last;
  }
}

/** Waits for a window with rest in it. */
async function rested(signal: AbortSignal): Promise<void> {
  for (let windows = 0; windows < PATIENCE && !signal.aborted; windows++) {
    const before = performance.eventLoopUtilization();
    await delay(WINDOW);
    if (1 - performance.eventLoopUtilization(before).utilization >= REST) return;
  }
}
