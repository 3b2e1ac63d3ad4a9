import { defineMutant, withField } from './mutant.ts';

/** Copies a field of the client that is not there. */
export default defineMutant(
  'always-offers-a-subprotocol',
  { 'headers/subprotocol': 'subprotocol-invented' },
  {
    request: (head) => (head.has('sec-websocket-protocol') ? head : withField(head, 'Sec-WebSocket-Protocol', '')),
  },
);
