import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §7.8: "A server that receives an Upgrade header field in an HTTP/1.0 request MUST ignore that Upgrade field."
// §15.2: "a server MUST NOT send a 1xx response to an HTTP/1.0 client." To its client a gateway is the server (§3.7).
export default defineProbe({
  id: 'handshake/http10-upgrade',
  title: 'Upgrade in an HTTP/1.0 request does not switch protocols',
  failure: 'Upgrade in an HTTP/1.0 request switches protocols',
  level: 'must',
  spec: ['rfc9110#section-7.8', 'rfc9110#section-15.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ ask }) {
    const { response } = await ask({ version: 'HTTP/1.0', scene: { strict: true } });
    expect(response.status === 101 ? 'a 101' : 'no 101')
      .about('version')
      .toBe('no 101', 'the answer at the client');
  },
  why: 'An old proxy in front passes the field on without knowing it, and waits for an end that a tunnel does not have.',
});
