import { defineMutant, perPair } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Ends a tunnel that has been silent for a time. */
export default defineMutant('cuts-after-idle', { 'lifetime/idle': 'idle-cut' }, () => {
  const clock = perPair(() => ({ timer: undefined as NodeJS.Timeout | undefined }));
  const restart: NonNullable<Meddling['up']> = (chunk, pass, pair) => {
    clearTimeout(clock(pair).timer);
    clock(pair).timer = setTimeout(() => {
      pair.client.finish();
      pair.origin.finish();
    }, 600).unref();
    pass(chunk);
  };
  return { up: restart, down: restart };
});
