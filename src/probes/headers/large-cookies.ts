import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** Bytes of the value of Cookie. */
const SIZES = [4, 8, 16, 32, 64].map((kib) => kib * 1024);

// RFC 9110 §5.4: "A server that receives a request header field line, field value, or set of fields larger than it wishes
// to process MUST respond with an appropriate 4xx (Client Error) status code. Ignoring such header fields would increase
// the server's vulnerability to request smuggling attacks". How large that is, handshake/header-limit measures.
export default defineProbe({
  id: 'headers/large-cookies',
  title: 'Cookies of 4 to 64 KiB reach the origin whole, or are refused with a 4xx',
  failure: 'Large cookies reach the origin cut off, or are not refused as what they are',
  level: 'must',
  spec: ['rfc9110#section-5.4', 'rfc6585#section-5'],
  needs: ['headers/cookies'],
  transports: ['ws', 'wss'],
  async run({ ask, arrivals }) {
    for (const size of SIZES) {
      const cookie = 'wsproof='.padEnd(size, '0123456789abcdef');
      const { request, response } = await ask({ fields: [['Cookie', cookie]] });
      const [seen] = await arrivals(request);
      const arrived = seen?.head.all('cookie').join('; ');
      if (seen) expect(arrived).about('cookie').toBe(cookie, `Cookie of ${size} bytes at the origin`);
      else expect(response.status).about('size').toBeOneOf([400, 413, 431], `the status for ${size} bytes of cookies`);
    }
  },
  why: 'A session that is cut off belongs to nobody, or to somebody else; and without a 4xx users take it for an outage.',
});
