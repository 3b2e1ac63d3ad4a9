import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "The request MUST contain a |Connection| header field whose value MUST include the "Upgrade" token."
// RFC 9110 §7.8: "A sender of Upgrade MUST also send an "Upgrade" connection option in the Connection header field".
export default defineProbe({
  id: 'handshake/connection-token',
  title: 'Connection says “upgrade” when the handshake reaches the origin',
  failure: 'The handshake reaches the origin with Upgrade, but without “upgrade” in Connection',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-7.8'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const { head } = await journal(await dial());
    // RFC 8441 §5: a proxy that speaks HTTP/2 to the origin has no Connection to send.
    if (head.version === 'HTTP/2') return;
    expect(head.get('connection')).about('connection').toList('upgrade', 'Connection at the origin');
  },
  why: 'Servers that follow RFC 6455 §4.2.1 to the letter answer 400 to such a handshake.',
});
