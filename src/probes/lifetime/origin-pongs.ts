import { BEATS, keepUp, pace } from '../heartbeat.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §5.5.3: "A Pong frame MAY be sent unsolicited. This serves as a unidirectional heartbeat. A response to an
// unsolicited Pong frame is not expected."
export default defineProbe({
  id: 'lifetime/origin-pongs',
  title: 'Unsolicited pongs of the origin keep a connection open',
  failure: 'Unsolicited pongs of the origin do not keep a connection open',
  level: 'should',
  spec: ['rfc6455#section-5.5.3'],
  needs: ['handshake/upgrade'],
  presumes: ['lifetime/busy'],
  waits: true,
  async run(context) {
    const socket = await context.dial({ scene: { play: 'pong', count: BEATS, delay: pace(context) } });
    await keepUp(context, socket);
    await socket.echo('still here');
  },
  why: 'Servers written in ASP.NET Core keep connections open in this way unless they are told to ping.',
});
