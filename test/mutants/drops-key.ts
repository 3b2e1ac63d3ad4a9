import { defineMutant, without } from './mutant.ts';

/** What a proxy does that turns HTTP/2 into HTTP/1 field by field: there was no key, so there is none. */
export default defineMutant(
  'drops-key',
  { 'handshake/upgrade': 'key-missing' },
  { request: (head) => without(head, 'sec-websocket-key') },
);
