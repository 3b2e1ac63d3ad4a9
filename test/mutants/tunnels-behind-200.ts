import { defineMutant } from './mutant.ts';

/** Looks for the fields of a switch, and takes any success for one. */
export default defineMutant(
  'tunnels-behind-200',
  { 'rejection/200-is-no-switch': 'tunnel-behind-refusal' },
  { switched: (response) => response.has('upgrade') && response.status < 300 },
);
