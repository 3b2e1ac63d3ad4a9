import { defineMutant } from './mutant.ts';

/** Ends the connection with the head of a refusal: it had been waiting for a 101 and nothing else. */
export default defineMutant(
  'cuts-off-refusals',
  { 'rejection/chunked-refusal': 'refusal-body-lost' },
  {
    down: (chunk, pass, { client, response }) => {
      if (response!.status === 101) pass(chunk);
      else client.finish();
    },
  },
);
