import { defineProbe } from '../probe.ts';
import { waitForNothing } from '../silence.ts';

// RFC 9110 §15.6.5: "The 504 (Gateway Timeout) status code indicates that the server, while acting as a gateway or proxy,
// did not receive a timely response from an upstream server it needed to access in order to complete the request." When
// that is, is its own choice: `--idle` says how long to wait for it.
export default defineProbe({
  id: 'rejection/silent-origin',
  title: 'When the origin does not answer for seconds, the proxy waits or says so',
  failure: 'When the origin does not answer for seconds, the proxy gives up without saying so',
  level: 'should',
  spec: ['rfc9110#section-15.6.5'],
  needs: ['handshake/upgrade'],
  gatewayOnly: true,
  waits: true,
  run: (context) => waitForNothing(context, context.idle),
  why: 'Without a status, an overloaded server looks like a broken network, in the client’s log and in the proxy’s.',
});
