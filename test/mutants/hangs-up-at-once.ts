import { defineMutant } from './mutant.ts';

/** A worker that dies of the upgrade. */
export default defineMutant(
  'hangs-up-at-once',
  { 'handshake/upgrade': 'connection-died' },
  {
    intercept: (_, client) => {
      client.finish();
      return true;
    },
  },
);
