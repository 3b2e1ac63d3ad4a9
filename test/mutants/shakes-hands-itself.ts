import { acceptFor } from '../../src/wire/handshake.ts';
import { defineMutant, withField } from './mutant.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** Ends the client's WebSocket and opens one of its own to the origin, as API gateways do. */
export default defineMutant(
  'shakes-hands-itself',
  { 'handshake/accept-key': 'key-rewritten' },
  {
    request: (head) => withField(head, 'Sec-WebSocket-Key', KEY),
    response: (head, { request }) =>
      withField(head, 'Sec-WebSocket-Accept', acceptFor(request.get('sec-websocket-key') ?? '')),
  },
);
