import { defineProbe } from '../probe.ts';

/** More than one page opens, and fewer than people share one address. */
const CONNECTIONS = 24;

// RFC 6455 §4.1: "There is no limit to the number of established WebSocket connections a client can have to a single
// remote host. Servers can refuse to accept connections from hosts/IP addresses with an excessive number of existing
// connections". Two dozen are not excessive.
export default defineProbe({
  id: 'load/side-by-side',
  title: `${CONNECTIONS} WebSockets are opened one after the other, and all of them work side by side`,
  failure: 'The proxy does not let through what an office or a busy page opens side by side',
  level: 'must',
  spec: ['rfc6455#section-4.1'],
  needs: ['handshake/upgrade'],
  exclusive: true,
  async run({ dial, measure }) {
    for (let open = 0; open < CONNECTIONS; open++) {
      measure('heldSideBySide', open, 'connections');
      const socket = await dial();
      await socket.echo(`connection ${open + 1} of ${CONNECTIONS}`);
    }
    measure('heldSideBySide', CONNECTIONS, 'connections');
  },
  why: 'A page opens several WebSockets and reconnects, and many users share one address: some of them stay outside.',
});
