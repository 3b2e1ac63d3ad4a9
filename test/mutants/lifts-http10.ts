import { defineMutant, withStart } from './mutant.ts';

/** Speaks HTTP/1.1 to the origin, whatever the client speaks, and passes all fields on. */
export default defineMutant(
  'lifts-http10',
  { 'handshake/http10-upgrade': 'http10-upgraded' },
  { request: (head) => withStart(head, head.start.replace('HTTP/1.0', 'HTTP/1.1')) },
);
