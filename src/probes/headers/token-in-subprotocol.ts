import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1 lets a browser choose no field but Sec-WebSocket-Protocol, so Kubernetes and many others have it send the
// token there, as a subprotocol that nobody chooses. The elements are tokens of any length (RFC 9110 §5.6.2, §5.4).
export default defineProbe({
  id: 'headers/token-in-subprotocol',
  title: 'A token of 1500 bytes among the subprotocols reaches the origin unchanged',
  failure: 'A token among the subprotocols reaches the origin changed, or not at all',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-5.1'],
  needs: ['headers/subprotocol'],
  async run({ dial, journal, random }) {
    const token = `base64url.bearer.authorization.wsproof.${random(1100).toString('base64url')}`;
    const { request } = await dial({
      fields: [['Sec-WebSocket-Protocol', `${token}, chat.example`]],
      scene: { protocol: 'chat.example' },
    });
    const offer = (await journal(request)).head.list('sec-websocket-protocol');
    expect(offer).about('sec-websocket-protocol').toBe([token, 'chat.example'], 'the offer at the origin');
  },
  why: 'Dashboards that log a browser in this way are refused, while everything that needs no login works.',
});
