import type { Head } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** How many names one end wrote and the other one got in another case. */
const recased = (from: Head, to: Head): number =>
  from.fields.filter(([name]) => to.has(name) && !to.fields.some(([other]) => other === name)).length;

// RFC 9110 §5.1: "Field names are case-insensitive". So any case is right, and there are applications that know only one.
export default defineProbe({
  id: 'headers/name-case',
  title: 'Field names arrive in the case in which they were written, in both directions',
  failure: 'Field names arrive in another case than they were written in',
  level: 'info',
  spec: ['rfc9110#section-5.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ dial, journal, measure }) {
    const { request, response } = await dial({ scene: { fields: [['X-Session-Id', '0f3a9c']] } });
    const { head, reply } = await journal(request);
    const counts = [recased(request.head, head), reply ? recased(reply, response) : 0];
    measure('namesRecasedAtOrigin', counts[0]!, 'count');
    measure('namesRecasedAtClient', counts[1]!, 'count');
    expect(counts).about('case').toBe([0, 0], 'names in another case at the origin, and at the client');
  },
  why: 'Clients and servers written for small devices look for “Sec-WebSocket-Key” letter by letter, and do not find it.',
});
