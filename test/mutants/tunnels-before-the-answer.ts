import { defineMutant } from './mutant.ts';

/** Connects both sides when a handshake comes, and does not look at what the origin says. */
export default defineMutant(
  'tunnels-before-the-answer',
  { 'rejection/no-tunnel': 'tunnel-behind-refusal' },
  { switched: (_, request) => request.has('upgrade') },
);
