import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "If […] the |Sec-WebSocket-Accept| contains a value other than the base64-encoded SHA-1 of the
// concatenation of the |Sec-WebSocket-Key| […] the client MUST _Fail the WebSocket Connection_." `dial` fails it. A proxy
// may shake hands in the server's place (§4.2), with a key of its own to the origin, but then there are two WebSockets.
export default defineProbe({
  id: 'handshake/accept-key',
  title: 'The origin gets the client’s own Sec-WebSocket-Key, and the client the accept value that belongs to it',
  failure: 'The proxy shakes hands by itself: the key at the origin is not the client’s',
  level: 'should',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-4.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ dial, journal }) {
    const { request } = await dial();
    const { head } = await journal(request);
    // RFC 8441 §5: a proxy that speaks HTTP/2 to the origin sends no key.
    if (head.version === 'HTTP/2') return;
    expect(head.get('sec-websocket-key')).about('sec-websocket-key').toBe(request.key, 'the key at the origin');
  },
  why: 'A proxy that opens a WebSocket of its own decides about subprotocols, compression, pings and closes as well.',
});
