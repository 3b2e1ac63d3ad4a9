import { defineMutant, withField } from './mutant.ts';

/** Takes the offer for a set, and writes it down in an order of its own. */
export default defineMutant(
  'sorts-subprotocols',
  { 'headers/subprotocol': 'subprotocol-changed' },
  {
    request: (head) => {
      const offer = head.list('sec-websocket-protocol');
      return offer.length > 0 ? withField(head, 'Sec-WebSocket-Protocol', offer.sort().join(', ')) : head;
    },
  },
);
