import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const CHAIN = ['203.0.113.1', '203.0.113.2'];

// RFC 7239 §4: "A proxy server that wants to add a new "Forwarded" header field value can either append it to the last
// existing "Forwarded" header field after a comma separator or add a new field at the end of the header block." With
// X-Forwarded-For it is the same. A gateway may also begin anew; but no part of it may be lost, nor the proxy's own word
// come before the end (RFC 9110 §5.3), which is where the application looks for it.
export default defineProbe({
  id: 'headers/forwarding-lines',
  title: 'X-Forwarded-For of two lines stays one chain, to which the proxy adds at the end, or begins anew',
  failure: 'Of X-Forwarded-For of two lines the proxy makes another chain',
  level: 'should',
  spec: ['rfc7239#section-4', 'rfc9110#section-5.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const { head } = await journal(await dial({ fields: CHAIN.map((address): Field => ['X-Forwarded-For', address]) }));
    const chain = head.list('x-forwarded-for');
    const kept = chain.some((address) => CHAIN.includes(address)) ? chain.slice(0, CHAIN.length) : CHAIN;
    expect(kept).about('x-forwarded-for').toBe(CHAIN, 'the beginning of X-Forwarded-For at the origin');
  },
  why: 'Behind two proxies the application counts hops from the end, and takes a proxy, or a forgery, for the client.',
});
