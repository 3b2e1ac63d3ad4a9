import { defineMutant } from './mutant.ts';
import type { Pair } from './relay.ts';

const endBoth = (_: unknown, { client, origin }: Pair): void => {
  client.finish();
  origin.finish();
};

/** When one side has ended there is nothing left to do. */
export default defineMutant(
  'ends-both-sides-at-once',
  { 'close/half-close-of-client': 'half-close-ends-both', 'close/half-close-of-origin': 'half-close-ends-both' },
  { clientEnded: endBoth, originEnded: endBoth },
);
