import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';
import { tunnelled } from '../tunnel.ts';

/** `TE: trailers` would say nothing: many a proxy asks the origin for them by itself. */
const FIELDS: readonly Field[] = [
  ['Keep-Alive', 'timeout=5'],
  ['Proxy-Connection', 'keep-alive'],
  ['TE', 'gzip'],
];

// RFC 9110 §7.6.1: "intermediaries SHOULD remove or replace fields that are known to require removal before forwarding,
// whether or not they appear as a connection-option […]. This includes but is not limited to: Proxy-Connection […],
// Keep-Alive […], TE […]". Trailer is no longer among them (§6.6.2).
export default defineProbe({
  id: 'headers/hop-by-hop',
  title: 'Keep-Alive, Proxy-Connection and TE do not reach the origin',
  failure: 'Fields that belong to the client’s connection reach the origin',
  level: 'should',
  spec: ['rfc9110#section-7.6.1', 'rfc9110#section-10.1.4'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ dial, journal, measure }) {
    const { request } = await dial({ fields: FIELDS });
    const { head } = await journal(request);
    if (tunnelled(request.head, head)) return;
    const arrived = FIELDS.filter(([name, value]) => head.get(name) === value).map(([name]) => name);
    measure('hopByHopForwarded', arrived.length, 'count');
    expect(arrived).about('connection').toBe([], 'fields of the client’s connection at the origin');
  },
  why: 'The origin keeps connections to the proxy by times that the client chose, or encodes what the proxy cannot read.',
});
