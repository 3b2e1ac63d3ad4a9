import { defineProbe } from '../probe.ts';
import { waitForNothing } from '../silence.ts';

// RFC 9110 §15.6.5: "The 504 (Gateway Timeout) status code indicates that the server, while acting as a gateway or proxy,
// did not receive a timely response from an upstream server it needed to access in order to complete the request." Most
// proxies give up after a minute.
export default defineProbe({
  id: 'rejection/silent-origin-70s',
  title: 'When the origin does not answer for 70 s, the proxy waits or says so',
  failure: 'When the origin does not answer for 70 s, the proxy gives up without saying so',
  level: 'should',
  spec: ['rfc9110#section-15.6.5'],
  needs: ['rejection/silent-origin'],
  tag: 'slow',
  gatewayOnly: true,
  timeout: 100_000,
  // As much less as `--idle` is less than the usual.
  run: (context) => waitForNothing(context, Math.min(70_000, 14 * context.idle)),
  why: 'Clients that are cut off without a status come back at once, all of them, to a server that has no time.',
});
