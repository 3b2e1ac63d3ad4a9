import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const CONNECTIONS = 20;

// No RFC says how to spread connections. They last, so a policy that is fair to requests may not be so to them: what
// counts is the number that is open, not the number that began.
export default defineProbe({
  id: 'balancing/distribution',
  title: 'Connections are spread over both origins',
  failure: 'All connections go to one of two origins',
  level: 'info',
  spec: ['rfc6455#section-1.5'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  // The connections of other probes would be dealt out in between.
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, journal, measure }) {
    const origins: string[] = [];
    // One after the other, and all stay open: a policy that counts connections has something to count.
    while (origins.length < CONNECTIONS) origins.push((await journal(await dial())).origin);
    const atFirst = origins.filter((origin) => origin === origins[0]).length;
    const busier = Math.max(atFirst, CONNECTIONS - atFirst);
    measure('atBusierOrigin', busier, 'connections');
    expect(busier)
      .about('origins')
      .toBeAtMost(CONNECTIONS - 1, `of ${CONNECTIONS} connections those at the same origin`);
  },
  why: 'One server carries everybody while the other is idle; clients behind one address are the usual reason.',
});
