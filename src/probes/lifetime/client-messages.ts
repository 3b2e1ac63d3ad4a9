import { BEATS, keepUp } from '../heartbeat.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §1.2: "This is a two-way communication channel where each side can, independently from the other, send data at
// will." So either side may be the only one that has something to say.
export default defineProbe({
  id: 'lifetime/client-messages',
  title: 'A connection on which only the client sends messages stays open',
  failure: 'A connection on which only the client sends messages is cut',
  level: 'should',
  spec: ['rfc6455#section-1.2'],
  needs: ['handshake/upgrade'],
  presumes: ['lifetime/busy'],
  waits: true,
  async run(context) {
    const socket = await context.dial({ scene: { play: 'silent' } });
    await keepUp(context, socket, () => socket.send('tick'));
    await context.journal(socket, ({ messages }) => messages === BEATS, 'each message of the client');
  },
  why: 'Uploads, telemetry and typed text are cut off after a while, though something is sent all the time.',
});
