import { defineMutant, without } from './mutant.ts';

/** Keeps Sec-WebSocket-* for handshakes that succeed. */
export default defineMutant(
  'drops-version-from-426',
  { 'rejection/unsupported-version': 'refusal-fields-dropped' },
  { response: (head) => without(head, 'sec-websocket-version') },
);
