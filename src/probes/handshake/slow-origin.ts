import { now } from '../../wire/clock.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §15.6.5: a 504 "indicates that the server, while acting as a gateway or proxy, did not receive a timely response
// from an upstream server". What is timely is the gateway's own choice; half a minute is what clients and users give up at.
export default defineProbe({
  id: 'handshake/slow-origin',
  title: 'The proxy waits half a minute for an origin to accept',
  failure: 'The proxy does not wait half a minute for an origin to accept',
  level: 'should',
  spec: ['rfc9110#section-15.6.5', 'rfc6455#section-4.1'],
  needs: ['handshake/late-101'],
  tag: 'slow',
  timeout: 60_000,
  async run({ ask, idle, measure, patience }) {
    // Just beyond 30 s, a usual limit, unless less is asked for.
    const late = Math.min(35_000, 7 * idle);
    const began = now();
    try {
      const { stamped } = await ask({ within: late + patience, scene: { late } });
      expect(stamped).about('status').toBe(true, 'the origin’s own answer at the client');
    } finally {
      measure('originAwaited', (now() - began) / 1000, 's', 0.5);
    }
  },
  why: 'Servers that wake up for a connection, or look for a session in a slow place, are never given the time.',
});
