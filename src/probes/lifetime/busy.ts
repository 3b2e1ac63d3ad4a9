import { now } from '../../wire/clock.ts';
import { defineProbe } from '../probe.ts';

/** Messages in the time that `--idle` gives. */
const TICKS = 20;

// RFC 6455 §7.3: "Clients SHOULD NOT close the WebSocket connection arbitrarily", and a proxy is neither of the two ends.
// Some count the time of the whole connection, or the bytes of the "response", whether or not it is in use.
export default defineProbe({
  id: 'lifetime/busy',
  title: 'A connection in use stays open',
  failure: 'A connection in use is cut',
  level: 'should',
  spec: ['rfc6455#section-7.3'],
  needs: ['handshake/upgrade'],
  waits: true,
  async run({ dial, idle, measure }) {
    const socket = await dial();
    const began = now();
    try {
      for (let i = 0; i < TICKS; i++) {
        await socket.echo(`tick ${i}`);
        await socket.endBy(began + ((i + 1) * idle) / TICKS);
      }
      await socket.echo('still in use');
    } catch (error) {
      if (socket.link.ending) measure('busyCutAfter', (socket.link.ending.at - began) / 1000, 's', 0.5);
      throw error;
    }
  },
  why: 'No heartbeat helps against it: every connection ends after the same time, and all of them reconnect at once.',
});
