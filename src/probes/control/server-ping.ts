import { Opcode } from '../../wire/frame.ts';
import { firstOf } from '../../wire/record.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §5.5.2: "An endpoint MAY send a Ping frame any time after the connection is established" and "Upon receipt of
// a Ping frame, an endpoint MUST send a Pong frame in response".
export default defineProbe({
  id: 'control/server-ping',
  title: 'A ping of the origin comes to the client, and its pong back',
  failure: 'A ping of the origin is not answered by the client',
  level: 'must',
  spec: ['rfc6455#section-5.5.2', 'rfc6455#section-5.5.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal, patience }) {
    const socket = await dial({ scene: { play: 'ping', text: 'are you there?' } });
    await socket.echo('behind the ping');
    const ping = await socket.control(Opcode.ping, patience, 'the ping of the origin');
    expect(ping.payload.toString()).toBe('are you there?', 'the payload of the ping');
    await socket.echo('behind the pong');
    const seen = await journal(
      socket,
      ({ frames }) => firstOf(frames, 'received', Opcode.pong) !== undefined,
      'a pong',
    );
    expect(firstOf(seen.frames, 'received', Opcode.pong)!.payload.toString()).toBe(
      'are you there?',
      'the payload of the pong',
    );
  },
  why: 'Servers keep connections open by pings, and drop the clients that do not answer.',
});
