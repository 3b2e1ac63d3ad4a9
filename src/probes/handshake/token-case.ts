import { defineProbe } from '../probe.ts';

const ODD: Readonly<Record<string, string>> = { Connection: 'UPGRADE', Upgrade: 'WebSocket' };

// RFC 6455 §4.2.1: "An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive
// value. A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value."
// RFC 9110 §5.1: "Field names are case-insensitive".
export default defineProbe({
  id: 'handshake/token-case',
  title: 'A handshake with lower-case field names, “UPGRADE” and “WebSocket” gets through',
  failure: 'A handshake with lower-case field names, “UPGRADE” and “WebSocket” does not get through',
  level: 'must',
  spec: ['rfc6455#section-4.2.1', 'rfc9110#section-5.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  oneSided: true,
  async run({ dial }) {
    await dial({ rewrite: (fields) => fields.map(([name, value]) => [name.toLowerCase(), ODD[name] ?? value]) });
  },
  why: 'Clients other than browsers write these words as they like, and so do proxies in front of this one.',
});
