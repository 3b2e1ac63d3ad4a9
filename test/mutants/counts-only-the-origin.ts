import { defineMutant, idleTimeout } from './mutant.ts';

/** Takes a connection on which the origin says nothing for idle. */
export default defineMutant(
  'counts-only-the-origin',
  { 'lifetime/client-messages': 'client-only-cut', 'lifetime/client-pongs': 'pongs-only-cut' },
  idleTimeout(800, (_, way) => way === 'down'),
);
