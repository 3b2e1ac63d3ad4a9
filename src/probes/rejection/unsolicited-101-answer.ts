import { NoAnswer } from '../../wire/h1.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §15.6.3: "The 502 (Bad Gateway) status code indicates that the server, while acting as a gateway or proxy,
// received an invalid response from an inbound server it accessed while attempting to fulfill the request."
export default defineProbe({
  id: 'rejection/unsolicited-101-answer',
  title: 'After a 101 that nobody has asked for, the client is told that something is wrong',
  failure: 'After a 101 that nobody has asked for, the client waits in vain',
  level: 'should',
  spec: ['rfc9110#section-15.6.3', 'rfc9110#section-15.2.2'],
  needs: ['rejection/unsolicited-101'],
  transports: ['ws', 'wss'],
  gatewayOnly: true,
  async run({ ask }) {
    const answer = await ask({ plain: true, scene: { play: 'switch' } }).catch((error: unknown) => {
      if (!(error instanceof NoAnswer && error.kind === 'ended')) throw error;
    });
    if (answer) expect(answer.response.status).about('status').toBeAtLeast(500, 'the status at the client');
  },
  why: 'A page hangs until the browser gives up, and the worker that waits for it is not there for others.',
});
