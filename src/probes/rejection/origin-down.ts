import { now } from '../../wire/clock.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** ms that are told apart. */
const STEP = 500;

// RFC 9110 §15.6.3: "The 502 (Bad Gateway) status code indicates that the server, while acting as a gateway or proxy,
// received an invalid response from an inbound server it accessed while attempting to fulfill the request." A connection
// that is refused is known to be at once.
export default defineProbe({
  id: 'rejection/origin-down',
  title: 'When every origin refuses connections, the client is told so by a 502, 503 or 504',
  failure: 'When every origin refuses connections, the client is not told so',
  level: 'should',
  spec: ['rfc9110#section-15.6'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  exclusive: true,
  gatewayOnly: true,
  async run({ ask, origins, measure }) {
    for (const origin of origins) await origin.down();
    const began = now();
    const { response } = await ask();
    measure('toldAfter', now() - began, 'ms', STEP);
    expect(response.status).about('status').toBeOneOf([502, 503, 504], 'the status at the client');
  },
  why: 'During a restart the page shows nothing, for as long as the browser waits, and no monitoring sees a 502.',
});
