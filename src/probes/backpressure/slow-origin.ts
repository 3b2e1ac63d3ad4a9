import { expect } from '../expect.ts';
import { atMost, BOTTOMLESS, MIB, Pour, standstill } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

// RFC 9112 §9.5: "A server SHOULD sustain persistent connections, when possible, and allow the underlying transport's
// flow-control mechanisms to resolve temporary overloads". A WebSocket is "as close to just exposing raw TCP to script as
// possible" (RFC 6455 §1.5), where a sender waits for a receiver that does not read.
export default defineProbe({
  id: 'backpressure/slow-origin',
  title: 'The client has to wait when the origin does not read',
  failure: 'The proxy takes from the client without limit what the origin does not read',
  level: 'should',
  spec: ['rfc9112#section-9.5', 'rfc6455#section-1.5', 'rfc9293#section-3.8.6'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  async run({ dial, resume, measure }) {
    const socket = await dial({ scene: { play: 'stall' } });
    const pour = new Pour(socket);
    const held = await standstill(() => pour.taken);
    measure('heldAtMost', atMost(held), 'bytes');
    expect(Math.floor(held / MIB)).toBeAtMost(
      BOTTOMLESS / MIB - 1,
      'MiB between a client that sends and an origin that does not read',
    );
    // What is stuck in the proxy must hold up nothing that comes after.
    pour.stop();
    await resume(socket);
  },
  why: 'Anyone who uploads faster than the application reads can fill the memory of the proxy’s machine.',
});
