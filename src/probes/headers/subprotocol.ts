import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: |Sec-WebSocket-Protocol| "indicates one or more comma-separated subprotocol the client wishes to speak,
// ordered by preference." §4.2.2: the server answers with "a single value representing the subprotocol the server is
// ready to use"; a client fails the connection for one that it did not offer.
export default defineProbe({
  id: 'headers/subprotocol',
  title: 'The offered subprotocols reach the origin in order, its choice reaches the client, and none is added',
  failure: 'The offered subprotocols, or the chosen one, do not arrive as they were sent',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-4.2.2', 'rfc6455#section-11.3.4'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const without = await dial();
    const added = (await journal(without)).head.get('sec-websocket-protocol');
    expect(added).about('sec-websocket-protocol').toBe(undefined, 'a subprotocol at the origin that was not offered');
    const chosen = without.response.get('sec-websocket-protocol');
    expect(chosen).about('sec-websocket-protocol').toBe(undefined, 'a subprotocol at the client that was not offered');
    const [first, second] = ['chat.v2.example', 'chat.v1.example'];
    const { request, response } = await dial({
      fields: [['Sec-WebSocket-Protocol', `${first}, ${second}`]],
      scene: { protocol: second },
    });
    const offer = (await journal(request)).head.list('sec-websocket-protocol');
    expect(offer).about('sec-websocket-protocol').toBe([first, second], 'the offer at the origin');
    const choice = response.get('sec-websocket-protocol');
    expect(choice).about('sec-websocket-protocol').toBe(second, 'the choice at the client');
  },
  why: 'Browsers close the connection at once when they asked for a subprotocol (GraphQL, MQTT, STOMP) and get no answer.',
});
