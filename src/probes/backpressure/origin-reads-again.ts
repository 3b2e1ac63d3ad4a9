import { Pour, standstill } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

// RFC 9293 §2.2: "TCP provides a reliable, in-order, byte-stream service to applications." A WebSocket is "as close to
// just exposing raw TCP to script as possible" (RFC 6455 §1.5): nothing is lost, however long it has to wait.
export default defineProbe({
  id: 'backpressure/origin-reads-again',
  title: 'An origin that has not read for a while gets every message in the end',
  failure: 'An origin that has not read for a while misses messages',
  level: 'must',
  spec: ['rfc6455#section-1.5', 'rfc9293#section-2.2'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  async run({ dial, resume, journal }) {
    const socket = await dial({ scene: { play: 'stall' } });
    const pour = new Pour(socket);
    await standstill(() => pour.taken);
    const count = pour.stop();
    await resume(socket);
    await journal(socket, ({ messages }) => messages === count, `each of the ${count} messages`);
  },
  why: 'What was sent while the application was busy is lost, and the client believes that it has arrived.',
});
