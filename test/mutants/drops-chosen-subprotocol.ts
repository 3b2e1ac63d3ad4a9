import { defineMutant, without } from './mutant.ts';

/** Writes a 101 of its own and knows nothing of subprotocols. */
export default defineMutant(
  'drops-chosen-subprotocol',
  { 'headers/subprotocol': 'subprotocol-dropped' },
  { response: (head) => without(head, 'sec-websocket-protocol') },
);
