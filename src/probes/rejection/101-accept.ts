import { acceptFor } from '../../wire/handshake.ts';
import { endSwitches } from '../bad-switch.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const WRONG = acceptFor('the key of somebody else');

// RFC 6455 §4.1: "If the response lacks a |Sec-WebSocket-Accept| header field or the |Sec-WebSocket-Accept| contains a
// value other than the base64-encoded SHA-1 [...] the client MUST _Fail the WebSocket Connection_." It can do so when it
// gets to see the field as it is, or an error of the proxy in its place (RFC 9110 §15.6.3).
export default defineProbe({
  id: 'rejection/101-accept',
  title: 'The client can see that the origin has not accepted its key',
  failure: 'The client cannot see that the origin has not accepted its key',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-1.3', 'rfc9110#section-15.6.3'],
  needs: ['handshake/accept-key'],
  transports: ['ws', 'wss'],
  exclusive: true,
  async run(context) {
    for (const accept of ['', WRONG]) {
      const { response } = await context.ask({ scene: { play: 'switch', fields: [['Sec-WebSocket-Accept', accept]] } });
      await endSwitches(context);
      const { status } = response;
      const came = response.get('sec-websocket-accept') ?? '';
      const seen = status === 101 ? `101 with ${came || 'no'} accept` : status >= 500 ? 'an error' : `${status}`;
      const wanted = [`101 with ${accept || 'no'} accept`, 'an error'];
      expect(seen).about('status').toBeOneOf(wanted, 'what the client gets to see');
    }
  },
  why: 'A server that knows nothing of WebSockets, or a cache, can no longer be told from one that has accepted.',
});
