import type { Field } from '../../wire/head.ts';
import { Unexpected } from '../../wire/unexpected.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const SIZES_IN_KIB = [4, 8, 16, 32, 64];

/** So many cookies, each 1 KiB with what separates it from the next. */
const cookiesOf = (kib: number): string[] =>
  Array.from({ length: kib }, (_, i) => `wsproof-${i}=`.padEnd(1022, '0123456789abcdef'));

// RFC 9110 §5.4: "A server that receives a request header field line, field value, or set of fields larger than it wishes
// to process MUST respond with an appropriate 4xx (Client Error) status code. Ignoring such header fields would increase
// the server's vulnerability to request smuggling attacks". How large that is, handshake/header-limit measures. Over
// HTTP/2 it may also give the stream or the connection up (RFC 9113 §10.5.1), and Cookie comes in crumbs (§8.2.3).
export default defineProbe({
  id: 'headers/large-cookies',
  title: 'Cookies of 4 to 64 KiB reach the origin whole, or are refused with a 4xx',
  failure: 'Large cookies reach the origin cut off, or are not refused as what they are',
  level: 'must',
  spec: ['rfc9110#section-5.4', 'rfc6585#section-5', 'rfc9113#section-10.5.1'],
  needs: ['headers/cookies'],
  async run({ open, arrivals, journal, transport }) {
    for (const kib of SIZES_IN_KIB) {
      const cookies = cookiesOf(kib);
      const lines = transport === 'h2' ? cookies : [cookies.join('; ')];
      // The head says it all: whoever refuses a head before its end often resets the connection behind the answer.
      const answer = await open({ fields: lines.map((line): Field => ['Cookie', line]) }).catch((error: unknown) => {
        if (transport === 'h2' && error instanceof Unexpected && error.kind === 'ended') return undefined;
        throw error;
      });
      if (!answer) return;
      const { status } = answer.response;
      // A proxy that opens the WebSocket by itself may not have asked the origin yet.
      const seen = status === 101 ? await journal(answer) : (await arrivals(answer))[0];
      const arrived = seen?.head.all('cookie').join('; ');
      if (seen) expect(arrived).about('cookie').toBe(cookies.join('; '), `${kib} KiB of cookies at the origin`);
      else expect(status).about('size').toBeOneOf([400, 413, 431], `the status for ${kib} KiB of cookies`);
    }
  },
  why: 'A session that is cut off belongs to nobody, or to somebody else; and without a 4xx users take it for an outage.',
});
