import { Opcode } from '../../wire/frame.ts';
import { keepUp } from '../heartbeat.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §5.5.3: "A Pong frame MAY be sent unsolicited. This serves as a unidirectional heartbeat. A response to an
// unsolicited Pong frame is not expected."
export default defineProbe({
  id: 'lifetime/client-pongs',
  title: 'Unsolicited pongs of the client keep a connection open',
  failure: 'Unsolicited pongs of the client do not keep a connection open',
  level: 'should',
  spec: ['rfc6455#section-5.5.3'],
  needs: ['handshake/upgrade'],
  presumes: ['lifetime/busy'],
  waits: true,
  async run(context) {
    const socket = await context.dial();
    await keepUp(context, socket, () => socket.sendFrame({ opcode: Opcode.pong }));
    await socket.echo('still here');
  },
  why: 'Clients written in .NET keep their connections open in this way unless they are told to ping.',
});
