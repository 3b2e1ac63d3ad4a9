import { defineMutant, withStart } from './mutant.ts';

/** Puts the address of the origin together from the path alone. The scene goes with the query: all that needs one fails. */
export default defineMutant(
  'drops-query',
  {
    'handshake/request-target': 'query-dropped',
    'handshake/first-frame-with-101': 'query-dropped',
    'headers/subprotocol': 'query-dropped',
    'headers/token-in-query': 'query-dropped',
    'rejection/status': 'query-dropped',
    'fallback/polling-upgrade': 'query-dropped',
  },
  { request: (head) => withStart(head, head.start.replace(/\?\S*/, '')) },
);
