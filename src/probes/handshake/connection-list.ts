import { defineProbe } from '../probe.ts';

// RFC 6455 §4.2.1: "A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive
// value." It is a list (RFC 9110 §7.6.1), and Firefox sends `Connection: keep-alive, Upgrade`.
export default defineProbe({
  id: 'handshake/connection-list',
  title: 'A handshake with “Connection: keep-alive, Upgrade”, as Firefox sends it, gets through',
  failure: 'A handshake with “Connection: keep-alive, Upgrade”, as Firefox sends it, does not get through',
  level: 'must',
  spec: ['rfc6455#section-4.2.1', 'rfc9110#section-7.6.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  oneSided: true,
  async run({ dial }) {
    await dial({
      rewrite: (fields) => fields.map(([name, value]) => [name, name === 'Connection' ? 'keep-alive, Upgrade' : value]),
    });
  },
  why: 'The application works in Chrome and fails in Firefox.',
});
