import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const ROUNDS = 5;

// RFC 6455 §4.2.2: "[…] the WebSocket connection is in the OPEN state. At this point, the server may begin sending (and
// receiving) data." So its first frame may stand in the same segment as the end of the 101.
export default defineProbe({
  id: 'handshake/first-frame-with-101',
  title: 'A message that the origin writes together with its 101 arrives',
  failure: 'A message that the origin writes together with its 101 gets lost',
  level: 'must',
  spec: ['rfc6455#section-4.2.2'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    // Where the proxy's read ends is a matter of luck, so one time says little.
    for (let round = 1; round <= ROUNDS; round++) {
      const greeting = `hello ${round} of ${ROUNDS}`;
      const socket = await dial({ scene: { greeting } });
      const { data } = await socket.message('the message written together with the 101');
      expect(data.toString()).toBe(greeting, 'the message written together with the 101');
    }
  },
  why: 'Servers that speak first (Socket.IO, SignalR, STOMP brokers) hang now and then, and nobody can say why.',
});
