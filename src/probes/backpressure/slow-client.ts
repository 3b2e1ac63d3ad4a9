import { expect } from '../expect.ts';
import { atMost, BOTTOMLESS, MESSAGE, MIB, standstill } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

// RFC 9112 §9.5: "A server SHOULD sustain persistent connections, when possible, and allow the underlying transport's
// flow-control mechanisms to resolve temporary overloads". A WebSocket is "as close to just exposing raw TCP to script as
// possible" (RFC 6455 §1.5), where a sender waits for a receiver that does not read.
export default defineProbe({
  id: 'backpressure/slow-client',
  title: 'The origin has to wait when the client does not read',
  failure: 'The proxy takes from the origin without limit what the client does not read',
  level: 'should',
  spec: ['rfc9112#section-9.5', 'rfc6455#section-1.5', 'rfc9293#section-3.8.6'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  async run({ dial, journal, measure }) {
    const socket = await dial({ scene: { play: 'flood', size: MESSAGE } });
    const { link } = socket;
    link.pause();
    const held = await standstill(async () => (await journal(socket)).bytesOut - link.bytesIn);
    measure('heldAtMost', atMost(held), 'bytes');
    expect(Math.floor(held / MIB)).toBeAtMost(
      BOTTOMLESS / MIB - 1,
      'MiB between an origin that sends and a client that does not read',
    );
  },
  why: 'A few clients on bad networks, and the proxy has filled the memory of its machine with messages that nobody reads.',
});
