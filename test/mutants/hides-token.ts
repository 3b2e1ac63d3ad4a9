import { defineMutant, withStart } from './mutant.ts';

/** A rule that is to keep tokens out of the log, and keeps them from the origin as well. */
export default defineMutant(
  'hides-token',
  { 'headers/token-in-query': 'query-rewritten' },
  { request: (head) => withStart(head, head.start.replace(/access_token=[^&]*/, 'access_token=xxx')) },
);
