import { defineMutant, withField } from './mutant.ts';

const ROOM = 256;

/** Knows subprotocols as short names, and has little room for them. */
export default defineMutant(
  'shortens-subprotocols',
  { 'headers/token-in-subprotocol': 'subprotocol-changed' },
  {
    request: (head) => {
      const offered = head.list('sec-websocket-protocol').map((one) => one.slice(0, ROOM));
      return withField(head, 'Sec-WebSocket-Protocol', offered.join(', '));
    },
  },
);
