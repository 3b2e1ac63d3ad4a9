import type { Conversation } from '../conversation.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** More than one page opens, and fewer than people share one address. */
const CONNECTIONS = 24;

/** Something that no other connection says. */
async function sayItsName(socket: Conversation): Promise<void> {
  const name = `this is ${socket.request.nonce}`;
  const { data } = await socket.echo(name);
  expect(data.toString()).toBe(name, 'the echo of what this connection said');
}

// RFC 6455 §4.1: "There is no limit to the number of established WebSocket connections a client can have to a single
// remote host. Servers can refuse to accept connections from hosts/IP addresses with an excessive number of existing
// connections". Two dozen are not excessive.
export default defineProbe({
  id: 'load/side-by-side',
  title: `${CONNECTIONS} WebSockets work side by side, and each gets what is its own`,
  failure: 'The proxy does not let through what an office or a busy page opens side by side',
  level: 'must',
  spec: ['rfc6455#section-4.1'],
  needs: ['handshake/upgrade'],
  exclusive: true,
  first: true,
  async run({ dial, measure }) {
    const sockets: Conversation[] = [];
    for (let open = 0; open < CONNECTIONS; open++) {
      measure('heldSideBySide', open, 'connections');
      const socket = await dial();
      await sayItsName(socket);
      sockets.push(socket);
    }
    measure('heldSideBySide', CONNECTIONS, 'connections');
    // A connection that was cut meanwhile, because it was silent, is another probe's business.
    await Promise.all(sockets.filter(({ link }) => !link.ending).map(sayItsName));
  },
  why: 'A page opens several WebSockets and reconnects, and many users share one address: some of them stay outside.',
});
