import { defineMutant, idleTimeout } from './mutant.ts';

/** Takes a connection on which the client says nothing for idle. */
export default defineMutant(
  'counts-only-the-client',
  { 'lifetime/origin-messages': 'origin-only-cut', 'lifetime/origin-pongs': 'pongs-only-cut' },
  idleTimeout(800, (_, way) => way === 'up'),
);
