import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** The second is a protocol that no proxy can know. */
const LISTS = ['websocket, wsproof/1', 'wsproof/1, websocket'];

// RFC 9110 §7.8: "A client MAY send a list of protocol names in the Upgrade header field of a request to invite the server
// to switch to one or more of the named protocols, in order of descending preference". To ignore it is allowed as well,
// so what is asked for is an answer of the origin, whether or not it is a 101.
export default defineProbe({
  id: 'handshake/upgrade-list',
  title: 'A handshake that offers another protocol beside “websocket” gets the origin’s answer',
  failure: 'A handshake that offers another protocol beside “websocket” does not get the origin’s answer',
  level: 'should',
  spec: ['rfc9110#section-7.8', 'rfc6455#section-4.2.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ ask }) {
    for (const list of LISTS) {
      const { stamped } = await ask({
        rewrite: (fields) => fields.map(([name, value]) => [name, name === 'Upgrade' ? list : value]),
      });
      expect(stamped).about('upgrade').toBe(true, `the origin’s own answer to “Upgrade: ${list}”`);
    }
  },
  why: 'Clients that can speak more than one protocol are refused, although the origin would have chosen WebSocket.',
});
