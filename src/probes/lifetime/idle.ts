import { now } from '../../wire/clock.ts';
import { describeEnding } from '../../wire/link.ts';
import { Expectation } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** Seconds that are told apart: a timeout of a minute is a minute, on a slow machine as well. */
const STEP = 0.5;

// RFC 6455 §7.3: "Clients SHOULD NOT close the WebSocket connection arbitrarily", and a proxy is neither of the two ends.
// How long silence may last is said nowhere: what counts is what the proxy does, and how long `--idle` says to wait.
export default defineProbe({
  id: 'lifetime/idle',
  title: 'A silent connection stays open',
  failure: 'A silent connection is cut',
  level: 'should',
  spec: ['rfc6455#section-7.3'],
  needs: ['handshake/upgrade'],
  presumes: ['lifetime/busy'],
  waits: true,
  async run({ dial, idle, measure }) {
    const socket = await dial();
    await socket.echo('before the silence');
    const began = now();
    const closing = await socket.endBy(began + idle);
    if (closing) {
      const { ending } = closing;
      const seconds = Math.round((ending.at - began) / 1000 / STEP) * STEP;
      measure('idleCutAfter', seconds, 's', STEP);
      throw new Expectation(
        `${idle / 1000} s of silence to be survived`,
        `${describeEnding(ending)} after ${seconds} s`,
      );
    }
    await socket.echo('after the silence');
  },
  why: 'A user who reads for a minute is disconnected; each reconnect costs a login, a gap and a spike of load.',
});
