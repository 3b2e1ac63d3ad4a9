import { defineMutant, withField } from './mutant.ts';

/** Takes the offer for a single value. */
export default defineMutant(
  'offers-first-subprotocol',
  { 'headers/subprotocol': 'subprotocol-changed' },
  {
    request: (head) => withField(head, 'Sec-WebSocket-Protocol', head.list('sec-websocket-protocol')[0] ?? ''),
  },
);
