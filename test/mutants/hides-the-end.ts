import { defineMutant } from './mutant.ts';

/** Waits for the client when the origin has gone. */
export default defineMutant(
  'hides-the-end',
  { 'close/origin-vanishes': 'end-not-propagated', 'close/origin-resets': 'end-not-propagated' },
  { originEnded: () => {} },
);
