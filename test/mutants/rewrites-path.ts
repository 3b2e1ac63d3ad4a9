import { defineMutant, withStart } from './mutant.ts';

/** A rule that sends every WebSocket to one place. */
export default defineMutant(
  'rewrites-path',
  { 'handshake/request-target': 'path-rewritten' },
  { request: (head) => withStart(head, head.start.replace(/ [^? ]+/, ' /socket')) },
);
