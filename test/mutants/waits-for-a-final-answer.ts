import { defineMutant } from './mutant.ts';

/** Takes a 101 that it has no use for as interim (RFC 9110 §15.2), and waits for what comes behind it. */
export default defineMutant(
  'waits-for-a-final-answer',
  { 'rejection/unsolicited-101-answer': 'unsolicited-switch-hangs' },
  {
    switched: (response) => response.status === 101,
    answer: (bytes, { client, request }) => {
      if (request.has('upgrade')) client.write(bytes);
    },
  },
);
