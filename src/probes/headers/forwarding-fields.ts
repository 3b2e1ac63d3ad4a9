import { FORWARDING, falseClaims } from '../../wire/forwarded.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** X-Forwarded-For as the name of a measured value: `xForwardedFor`. */
const inCamelCase = (name: string): string =>
  name.replaceAll('-', '').replace(/^[A-Z]/, (first) => first.toLowerCase());

// RFC 7239 §4: "The "Forwarded" HTTP header field is an OPTIONAL header field that, when used, contains a list of
// parameter-identifier pairs that disclose information that is altered or lost when a proxy is involved in the path of
// the request." The fields with X- are older and mean the same. What they say should be so.
export default defineProbe({
  id: 'headers/forwarding-fields',
  title: 'What the proxy tells the origin of the client’s address, scheme and host is so',
  failure: 'What the proxy tells the origin of the client’s address, scheme or host is not so',
  level: 'should',
  spec: ['rfc7239#section-4', 'rfc7239#section-5'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal, measure, transport }) {
    const { request } = await dial();
    const { head } = await journal(request);
    for (const name of FORWARDING) measure(inCamelCase(name), head.list(name).length, 'count');
    const wrong = falseClaims(request.head, head, transport).map(({ name, value }) => `${name}: ${value}`);
    expect(wrong).about('forwarded').toBe([], 'what forwarding fields say that is not so');
  },
  why: 'The application builds addresses with the wrong scheme, redirects without end, or counts everybody as one client.',
});
