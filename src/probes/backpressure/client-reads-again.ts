import { expect } from '../expect.ts';
import { MESSAGE, standstill } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

// RFC 9293 §2.2: "TCP provides a reliable, in-order, byte-stream service to applications." A WebSocket is "as close to
// just exposing raw TCP to script as possible" (RFC 6455 §1.5): nothing is lost, however long it has to wait.
export default defineProbe({
  id: 'backpressure/client-reads-again',
  title: 'A client that has not read for a while gets every message in the end',
  failure: 'A client that has not read for a while misses messages',
  level: 'must',
  spec: ['rfc6455#section-1.5', 'rfc9293#section-2.2'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  async run({ dial, journal }) {
    const socket = await dial({ scene: { play: 'flood', size: MESSAGE } });
    socket.link.pause();
    await standstill(async () => (await journal(socket)).bytesOut);
    socket.send('enough');
    socket.link.resume();
    let count = 0;
    let message = await socket.message();
    for (; message.data.length === MESSAGE; count++) message = await socket.message();
    expect(count).toBe(Number(message.data), 'how many messages came to the client');
  },
  why: 'Whoever comes out of a tunnel, or back to a background tab, has lost messages and does not know it.',
});
