import { hostsNamed, namesHost } from '../../wire/forwarded.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §7.2: "The "Host" header field in a request provides the host and port information from the target URI,
// enabling the origin server to distinguish among resources while servicing requests for multiple host names."
// RFC 7239 §5.3: "The "host" parameter is used to forward the original value of the "Host" header field."
export default defineProbe({
  id: 'headers/host',
  title: 'The origin can tell under which host name the client came',
  failure: 'The origin cannot tell under which host name the client came',
  level: 'should',
  spec: ['rfc9110#section-7.2', 'rfc7239#section-5.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const { request } = await dial();
    const { head } = await journal(request);
    const authority = request.head.get('host') ?? request.head.get(':authority') ?? '';
    const named = namesHost(head, authority) ? authority : hostsNamed(head).join(', ');
    expect(named).about('host').toBe(authority, 'Host, X-Forwarded-Host or Forwarded at the origin');
  },
  why: 'Servers compare Origin with Host to keep strangers out: when Host is the proxy’s own name for them, all get 403.',
});
