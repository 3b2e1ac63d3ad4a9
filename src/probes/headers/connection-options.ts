import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';
import { tunnelled } from '../tunnel.ts';

const NAME = 'X-Wsproof-Hop';

// RFC 9110 §7.6.1: "Intermediaries MUST parse a received Connection header field before a message is forwarded and, for
// each connection-option in this field, remove any header or trailer field(s) from the message with the same name as the
// connection-option".
export default defineProbe({
  id: 'headers/connection-options',
  title: 'A field that Connection names beside “upgrade” does not reach the origin',
  failure: 'A field that Connection names beside “upgrade” reaches the origin',
  level: 'must',
  spec: ['rfc9110#section-7.6.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ dial, journal }) {
    const { request } = await dial({
      fields: [[NAME, 'for the next hop alone']],
      rewrite: (fields) => fields.map(([name, value]) => [name, name === 'Connection' ? `${value}, ${NAME}` : value]),
    });
    const { head } = await journal(request);
    if (tunnelled(request.head, head)) return;
    expect(head.get(NAME)).about('connection').toBe(undefined, `${NAME}, which Connection named, at the origin`);
  },
  why: 'What one hop told the next, a token for the gateway among it, is taken by the application for the client’s word.',
});
