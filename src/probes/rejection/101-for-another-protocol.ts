import { endSwitches } from '../bad-switch.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "If the response lacks an |Upgrade| header field or the |Upgrade| header field contains a value that is
// not an ASCII case-insensitive match for the value "websocket", the client MUST _Fail the WebSocket Connection_." It
// can do so when it gets to see the field, or an error of the proxy in its place (RFC 9110 §15.6.3).
export default defineProbe({
  id: 'rejection/101-for-another-protocol',
  title: 'The client can see that the origin has switched to another protocol',
  failure: 'The client cannot see that the origin has switched to another protocol',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-7.8', 'rfc9110#section-15.6.3'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  exclusive: true,
  async run(context) {
    const { response } = await context.ask({ scene: { play: 'switch', fields: [['Upgrade', 'wsproof']] } });
    await endSwitches(context);
    const { status } = response;
    const seen = status === 101 ? `101 to ${response.get('upgrade')}` : status >= 500 ? 'an error' : `${status}`;
    expect(seen).about('status').toBeOneOf(['101 to wsproof', 'an error'], 'what the client gets to see');
  },
  why: 'The client believes that it speaks WebSocket, and its first message is taken for something else.',
});
