import { defineMutant, perPair } from './mutant.ts';
import type { Meddling } from './relay.ts';

const ROOM = 1024 * 1024;

/** Has one buffer for both directions: when each waits for the other to leave it, nobody goes on. */
export default defineMutant('shares-one-buffer', { 'messages/full-duplex': 'directions-block-each-other' }, () => {
  const buffer = perPair(() => ({ up: 0, down: 0 }));
  const through =
    (way: 'up' | 'down'): NonNullable<Meddling['up']> =>
    (chunk, pass, pair) => {
      const passed = buffer(pair);
      passed[way] += chunk.length;
      if (Math.min(passed.up, passed.down) > ROOM) return new Promise(() => {});
      pass(chunk);
    };
  return { up: through('up'), down: through('down') };
});
