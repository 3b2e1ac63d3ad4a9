import { setTimeout as delay } from 'node:timers/promises';
import { defineProbe } from '../probe.ts';

/** At least; and as many more as it takes. */
const HANDSHAKES = 100;
/** ms between two of them. */
const PACE = 5;
/** ms: the command has been obeyed, but what it sets off takes a moment. */
const AFTERMATH = 500;

// RFC 9110 §15.6.4: "The 503 (Service Unavailable) status code indicates that the server is currently unable to handle
// the request due to a temporary overload or scheduled maintenance". A reload is meant to need none.
export default defineProbe({
  id: 'lifetime/handshakes-during-reload',
  title: 'No handshake is lost while the proxy reloads',
  failure: 'A handshake is lost while the proxy reloads',
  level: 'should',
  spec: ['rfc9110#section-15.6.4'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  requires: ['reload'],
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, proxy, crowd }) {
    let over = false;
    const reloading = proxy.reload().then(async () => {
      await delay(AFTERMATH);
      over = true;
    });
    // A handshake that is lost ends the probe before anybody asks how the reload went.
    reloading.catch(() => {});
    for (let n = 1; n <= Math.min(HANDSHAKES, crowd) || !over; n++) {
      const socket = await dial();
      // Whether what was open stays open is another question.
      socket.link.finish();
      await delay(PACE);
    }
    await reloading;
  },
  why: 'Each change of the configuration is an outage, if a short one.',
});
