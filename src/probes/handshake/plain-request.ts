import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §7.6.1: "Intermediaries MUST parse a received Connection header field before a message is forwarded and […]
// remove the Connection header field itself (or replace it with the intermediary's own control options […])." An option
// "upgrade" without an Upgrade field asks for nothing: it comes from a line that sets it for every request.
export default defineProbe({
  id: 'handshake/plain-request',
  title: 'A plain request reaches the origin as a plain request',
  failure: 'A plain request reaches the origin with “Connection: upgrade”',
  level: 'should',
  spec: ['rfc9110#section-7.6.1', 'rfc9110#section-7.8'],
  needs: ['handshake/upgrade'],
  async run({ ask, journal }) {
    const { head } = await journal(await ask({ plain: true }));
    expect(head.lists('connection', 'upgrade')).about('connection').toBe(false, 'an option “upgrade” at the origin');
  },
  why: 'Connections to the origin are not kept for the next request, and some servers answer plain requests with 400 or 426.',
});
