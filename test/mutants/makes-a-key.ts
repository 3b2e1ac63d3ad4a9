import { defineMutant, withField } from './mutant.ts';

/** What a proxy has to do for HTTP/2, done for everybody. */
export default defineMutant(
  'makes-a-key',
  { 'handshake/missing-key': 'key-invented' },
  {
    request: (head) =>
      head.has('sec-websocket-key') ? head : withField(head, 'Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='),
  },
);
