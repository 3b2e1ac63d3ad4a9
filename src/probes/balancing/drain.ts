import { setTimeout as delay } from 'node:timers/promises';
import { now } from '../../wire/clock.ts';
import { defineProbe } from '../probe.ts';

/** ms from one message to the next. */
const APART = 100;

// No RFC speaks of it. A server that is to be replaced takes no more connections, and a health check finds it “down”:
// some balancers then cut what is open, others let it run on. Either can be wanted; one has to know.
export default defineProbe({
  id: 'balancing/drain',
  title: 'Connections to an origin that takes no more of them stay open',
  failure: 'Connections to an origin that takes no more of them are cut',
  level: 'info',
  spec: ['rfc6455#section-7.3'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, journal, origins, idle, measure, signal }) {
    const socket = await dial();
    const { origin } = await journal(socket);
    await origins.find(({ name }) => name === origin)?.drain();
    const began = now();
    try {
      while (now() - began < idle) {
        await socket.echo('still there?');
        await Promise.race([socket.link.ended, delay(APART, undefined, { signal })]);
      }
    } finally {
      measure('openAfterDrain', ((socket.link.ending?.at ?? now()) - began) / 1000, 's', 0.5);
    }
  },
  why: 'Whether a rolling deployment can wait for its users, or throws them out as soon as the check fails.',
});
