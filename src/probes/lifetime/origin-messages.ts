import { BEATS, keepUp, pace } from '../heartbeat.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §1.2: "This is a two-way communication channel where each side can, independently from the other, send data at
// will." So either side may be the only one that has something to say.
export default defineProbe({
  id: 'lifetime/origin-messages',
  title: 'A connection on which only the origin sends messages stays open',
  failure: 'A connection on which only the origin sends messages is cut',
  level: 'should',
  spec: ['rfc6455#section-1.2'],
  needs: ['handshake/upgrade'],
  presumes: ['lifetime/busy'],
  waits: true,
  async run(context) {
    const socket = await context.dial({ scene: { play: 'push', count: BEATS, delay: pace(context) } });
    await keepUp(context, socket);
    for (let n = 1; n <= BEATS; n++) await socket.message(`message ${n} of ${BEATS} of the origin`);
  },
  why: 'Tickers, feeds and notifications stop after a while, though something is sent all the time.',
});
