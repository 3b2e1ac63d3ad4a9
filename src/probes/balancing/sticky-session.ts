import { PollingClient } from '../polling.ts';
import { defineProbe } from '../probe.ts';

/** With two origins and no memory, this many sessions go right by luck once in a thousand times and more. */
const SESSIONS = 4;

// RFC 6265, of cookies: "letting the servers maintain a stateful session over the mostly stateless HTTP protocol". By
// one, or by the address, a balancer finds the origin again. Where the servers share a store it need not.
export default defineProbe({
  id: 'balancing/sticky-session',
  title: 'A session that begins by polling stays at its origin, its WebSocket as well',
  failure: 'The requests of one session go to different origins',
  level: 'should',
  spec: ['rfc6265#section-1'],
  needs: ['handshake/upgrade', 'fallback/polling-upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  // Requests of other probes in between could bring those of a session back to its origin by chance.
  exclusive: true,
  async run(context) {
    for (let i = 0; i < SESSIONS; i++) {
      const client = await PollingClient.begin(context, { alone: true });
      await client.post('hello');
      await client.poll();
      await client.upgrade();
    }
  },
  why: 'Socket.IO answers “Session ID unknown” with 400, in half of the attempts with two servers, in most with ten.',
});
