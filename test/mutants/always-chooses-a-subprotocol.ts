import { defineMutant, withField } from './mutant.ts';

/** Copies a field of the origin that is not there. */
export default defineMutant(
  'always-chooses-a-subprotocol',
  { 'headers/subprotocol': 'subprotocol-invented' },
  {
    response: (head) => (head.has('sec-websocket-protocol') ? head : withField(head, 'Sec-WebSocket-Protocol', '')),
  },
);
