import { defineProbe } from '../probe.ts';

/** ms. */
const SOON = 2000;

// RFC 9110 §9.3.6, of tunnels: "A tunnel is closed when a tunnel intermediary detects that either side has closed its
// connection: the intermediary MUST attempt to send any outstanding data that came from the closed side to the other
// side, close both connections, and then discard any remaining data left undelivered."
export default defineProbe({
  id: 'balancing/dying-origin',
  title: 'When an origin dies, its connections end at the client at once',
  failure: 'When an origin dies, the client does not get to know',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-7.1.7'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, journal, origins, patience }) {
    const socket = await dial();
    await socket.echo('while it lives');
    const { origin } = await journal(socket);
    await origins.find(({ name }) => name === origin)?.down();
    // To be moved to the other origin unasked is no help: what was agreed upon with the first one is gone.
    await socket.closed(Math.min(SOON, patience), 'the end of the connection at the client');
  },
  why: 'The page shows a live connection and gets nothing any more: no library reconnects before its heartbeat fails.',
});
