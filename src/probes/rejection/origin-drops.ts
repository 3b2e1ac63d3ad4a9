import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §15.6.3: "The 502 (Bad Gateway) status code indicates that the server, while acting as a gateway or proxy,
// received an invalid response from an inbound server it accessed while attempting to fulfill the request."
export default defineProbe({
  id: 'rejection/origin-drops',
  title: 'When the origin hangs up without an answer, the client is told so by a 502, 503 or 504',
  failure: 'When the origin hangs up without an answer, the client is not told so',
  level: 'should',
  spec: ['rfc9110#section-15.6'],
  needs: ['handshake/upgrade'],
  gatewayOnly: true,
  async run({ ask }) {
    const { response } = await ask({ scene: { play: 'drop' } });
    expect(response.status).about('status').toBeOneOf([502, 503, 504], 'the status at the client');
  },
  why: 'Without a status, a crashed server looks like a broken network, in the client’s log and in the proxy’s.',
});
