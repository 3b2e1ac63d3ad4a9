import { NoAnswer } from '../../wire/no-answer.ts';
import { endSwitches } from '../bad-switch.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §15.6.3: "The 502 (Bad Gateway) status code indicates that the server, while acting as a gateway or proxy,
// received an invalid response from an inbound server it accessed while attempting to fulfill the request."
export default defineProbe({
  id: 'rejection/unsolicited-101-answer',
  title: 'After a 101 that nobody has asked for, the client is told that something is wrong',
  failure: 'After a 101 that nobody has asked for, the client is not told that something is wrong',
  level: 'should',
  spec: ['rfc9110#section-15.6.3', 'rfc9110#section-15.2.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  tag: 'full',
  gatewayOnly: true,
  exclusive: true,
  async run(context) {
    const answer = await context.ask({ plain: true, scene: { play: 'switch' } }).catch((error: unknown) => {
      if (!(error instanceof NoAnswer && error.kind === 'ended')) throw error;
    });
    await endSwitches(context);
    // A proxy that answers by itself has seen no 101.
    if (answer && (await context.arrivals(answer)).length > 0)
      expect(answer.response.status).about('status').toBeAtLeast(500, 'the status at the client');
  },
  why: 'A page hangs until the browser gives up, and the worker that waits for it is not there for others.',
});
