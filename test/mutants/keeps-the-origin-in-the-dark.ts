import { defineMutant } from './mutant.ts';

/** Keeps the connection to the origin for another time when the client goes. */
export default defineMutant(
  'keeps-the-origin-in-the-dark',
  { 'close/client-vanishes': 'end-not-propagated', 'close/client-resets': 'end-not-propagated' },
  { clientEnded: () => {} },
);
