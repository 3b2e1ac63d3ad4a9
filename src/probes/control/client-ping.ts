import { Opcode } from '../../wire/frame.ts';
import { firstOf } from '../../wire/record.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §5.5.3: "A Pong frame sent in response to a Ping frame must have identical "Application data" as found in the
// message body of the Ping frame being replied to." §5.5.2: a ping serves "to verify that the remote endpoint is still
// responsive", which the proxy is not.
export default defineProbe({
  id: 'control/client-ping',
  title: 'A ping of the client is answered, and by the origin',
  failure: 'A ping of the client is not answered by the origin',
  level: 'must',
  spec: ['rfc6455#section-5.5.2', 'rfc6455#section-5.5.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal, random, patience }) {
    const socket = await dial();
    const payload = random(125);
    socket.sendFrame({ opcode: Opcode.ping, payload });
    await socket.echo('behind the ping');
    const pong = await socket.control(Opcode.pong, patience, 'a pong');
    expect(pong.payload).toBe(payload, 'the payload of the pong');
    const pinged = await journal(
      socket,
      ({ frames }) => firstOf(frames, 'received', Opcode.ping) !== undefined,
      'a ping',
    );
    expect(firstOf(pinged.frames, 'received', Opcode.ping)!.payload).toBe(payload, 'the payload of the ping');
  },
  why: 'A client that checks its connection by pings believes in an origin that is long gone, or gives up on a good one.',
});
