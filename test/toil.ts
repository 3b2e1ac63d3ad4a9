import { now } from '../src/wire/clock.ts';

/** ms of work between two turns of the event loop. */
const SHIFT = 2;

/**
 * Leaves this process no rest, as hundreds of probes do, until it is told to stop.
 * @param most ms after which it stops by itself
 */
export function toil(most = Number.POSITIVE_INFINITY): { readonly over: boolean; stop(): void } {
  const until = now() + most;
  const state = {
    over: false,
    stop() {
      state.over = true;
    },
  };
  const work = (): void => {
    const pause = now() + SHIFT;
    while (now() < pause);
    state.over ||= now() >= until;
    if (!state.over) setImmediate(work);
  };
  work();
  return state;
}
