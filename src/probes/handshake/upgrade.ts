import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "The request MUST contain an |Upgrade| header field whose value MUST include the "websocket" keyword."
// RFC 9110 §7.6.1 makes a proxy drop it, with Connection, unless it means to pass the upgrade on.
export default defineProbe({
  id: 'handshake/upgrade',
  title: 'A WebSocket handshake reaches the origin, and its 101 reaches the client',
  failure: 'A WebSocket handshake does not get through',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-4.2.2', 'rfc9110#section-7.8'],
  oneSided: true,
  async run({ dial }) {
    const socket = await dial();
    expect(socket.response.status).toBeOneOf([101, 200], 'the status at the client');
  },
  why: 'Without it there is no WebSocket at all: browsers report code 1006 and nothing more.',
});
