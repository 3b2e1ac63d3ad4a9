import { defineMutant } from './mutant.ts';

/** A 101 is a 101, whether or not anybody has asked for it. */
export default defineMutant(
  'passes-any-101-on',
  {
    'rejection/unsolicited-101': 'unsolicited-tunnel',
    'rejection/unsolicited-101-answer': 'unsolicited-switch-relayed',
  },
  { switched: (response) => response.status === 101 },
);
