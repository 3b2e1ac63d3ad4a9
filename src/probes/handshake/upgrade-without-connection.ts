import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §7.6.1: "a connection-specific field received without a corresponding connection option usually indicates that
// the field has been improperly forwarded by an intermediary and ought to be ignored by the recipient." §7.8: "A sender of
// Upgrade MUST also send an "Upgrade" connection option". The origin is strict: it agrees only to what has both.
export default defineProbe({
  id: 'handshake/upgrade-without-connection',
  title: 'Upgrade without “upgrade” in Connection does not switch protocols',
  failure: 'Upgrade without “upgrade” in Connection switches protocols: the proxy adds what the client did not say',
  level: 'should',
  spec: ['rfc9110#section-7.6.1', 'rfc9110#section-7.8', 'rfc6455#section-4.2.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ ask }) {
    const { response } = await ask({
      rewrite: (fields) => fields.map(([name, value]) => [name, name === 'Connection' ? 'keep-alive' : value]),
      scene: { strict: true },
    });
    expect(response.status === 101 ? 'a 101' : 'no 101')
      .about('connection')
      .toBe('no 101', 'the answer at the client');
  },
  why: 'A proxy further out took the field for a leftover and goes on in HTTP, while this one opens a tunnel for it.',
});
