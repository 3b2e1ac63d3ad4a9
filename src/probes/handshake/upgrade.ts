import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "The request MUST contain an |Upgrade| header field whose value MUST include the "websocket" keyword."
// RFC 9110 §7.6.1 makes a proxy drop it, with Connection, unless it means to pass the upgrade on. Back from the server:
// RFC 6455 §4.1: "If the response lacks an |Upgrade| header field […] or […] a |Connection| header field […], the
// client MUST _Fail the WebSocket Connection_." `dial` fails it for any status but 101 and for a wrong accept value.
export default defineProbe({
  id: 'handshake/upgrade',
  title: 'A WebSocket handshake reaches the origin, and its 101 reaches the client',
  failure: 'A WebSocket handshake does not get through',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-4.2.2', 'rfc9110#section-7.8'],
  oneSided: true,
  async run({ dial, transport }) {
    const { response } = await dial();
    // RFC 8441 §5: over HTTP/2 there is neither of them.
    if (transport === 'h2') return;
    expect(response.get('upgrade')).about('upgrade').toList('websocket', 'Upgrade in the 101');
    expect(response.get('connection')).about('connection').toList('upgrade', 'Connection in the 101');
  },
  why: 'Without it there is no WebSocket at all: browsers report code 1006 and nothing more.',
});
