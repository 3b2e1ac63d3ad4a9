import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "The "Request-URI" part of the request MUST match the /resource name/ defined in Section 3".
// RFC 9110 §7.7: "A proxy MUST NOT modify the "absolute-path" and "query" parts of the received target URI when
// forwarding it to the next inbound server except as required by that forwarding protocol."
export default defineProbe({
  id: 'handshake/request-target',
  title: 'Path and query reach the origin byte for byte, percent-encoding included',
  failure: 'Path or query reach the origin changed',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-7.7'],
  needs: ['handshake/upgrade'],
  async run({ below, dial, journal }) {
    const path = below ? '/rooms/a%2Fb:1/caf%C3%A9' : '';
    const { request } = await dial({ path, query: 'q=1%262&name=Zo%C3%AB' });
    // A gateway may be told to put another prefix in front; what comes behind it is the application's.
    const { target } = request.head;
    const sent = target.slice(target.indexOf(path || '?'));
    const arrived = (await journal(request)).head.target;
    expect(arrived.endsWith(sent) ? sent : arrived)
      .about('target')
      .toBe(sent, 'the request target at the origin');
  },
  why: 'A room named “a/b” becomes a folder, a parameter ends at its “&”, and a signed URL no longer matches.',
});
