import { defineProbe } from '../probe.ts';

const CYCLES = 200;

// RFC 9112 §9.5: "Implementations SHOULD constantly monitor open connections for a received closure signal and respond to
// it as appropriate, since prompt closure of both sides of a connection enables allocated system resources to be
// reclaimed." Once is not enough to see a leak: some only lose now and then.
export default defineProbe({
  id: 'close/leak',
  title: 'After many connections that were closed or broken off, none is left at the origin',
  failure: 'Some of many connections that were closed or broken off are left at the origin',
  level: 'should',
  spec: ['rfc9112#section-9.5', 'rfc9110#section-9.3.6'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  timeout: 30_000,
  async run({ dial, journal, crowd }) {
    for (let n = 0; n < Math.min(CYCLES, crowd); n++) {
      const socket = await dial();
      if (n % 4 === 0) socket.sendClose(1000);
      else if (n % 4 === 1) socket.link.finish();
      else socket.link.reset();
      await journal(socket, ({ ending }) => ending !== undefined, `the end of connection ${n + 1}`);
    }
  },
  why: 'The origin runs out of connections or memory after some days, and nobody has changed anything.',
});
