import { MESSAGE, standstill } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §1.5: a WebSocket is "as close to just exposing raw TCP to script as possible". One TCP connection does not
// wait for another.
export default defineProbe({
  id: 'backpressure/others',
  title: 'A client that does not read holds up nobody else',
  failure: 'A client that does not read holds up the messages of others',
  level: 'should',
  spec: ['rfc6455#section-1.5'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  async run({ dial, journal }) {
    const slow = await dial({ scene: { play: 'flood', size: MESSAGE } });
    slow.link.pause();
    await standstill(async () => (await journal(slow)).bytesOut);
    const other = await dial();
    await other.echo('beside a client that does not read');
  },
  why: 'A single client on a bad network, or with bad intentions, makes the application hang for everybody.',
});
