import { BEATS, keepUp, pace } from '../heartbeat.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §5.5.2: "NOTE: A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint
// is still responsive."
export default defineProbe({
  id: 'lifetime/origin-pings',
  title: 'Pings of the origin, and the pongs that answer them, keep a connection open',
  failure: 'Pings of the origin, and the pongs that answer them, do not keep a connection open',
  level: 'should',
  spec: ['rfc6455#section-5.5.2'],
  needs: ['handshake/upgrade'],
  presumes: ['lifetime/busy'],
  waits: true,
  async run(context) {
    const socket = await context.dial({ scene: { play: 'ping', count: BEATS, delay: pace(context) } });
    await keepUp(context, socket);
    await socket.echo('still here');
  },
  why: 'Browsers cannot ping, so servers do it for them; here that does not help, and a quiet application is cut off.',
});
