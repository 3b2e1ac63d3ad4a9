import { defineProbe } from '../probe.ts';

/** Enough that a policy which takes each in turn comes to the dead one twice. */
const HANDSHAKES = 4;

// RFC 9110 §9.2.2: "Idempotent methods are distinguished because the request can be repeated automatically if a
// communication failure occurs before the client is able to read the server's response." A handshake is a GET.
export default defineProbe({
  id: 'balancing/dead-origin',
  title: 'When one origin refuses connections, handshakes go to the other',
  failure: 'When one origin refuses connections, handshakes fail',
  level: 'should',
  spec: ['rfc9110#section-9.2.2'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, origins }) {
    await origins[0]!.down();
    for (let i = 0; i < HANDSHAKES; i++) await dial();
  },
  why: 'Each deployment of one server is an outage for half of the users, though another one stands ready.',
});
