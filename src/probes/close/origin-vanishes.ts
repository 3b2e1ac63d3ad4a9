import { defineProbe } from '../probe.ts';

// RFC 9110 §9.3.6: "A tunnel is closed when a tunnel intermediary detects that either side has closed its connection: the
// intermediary MUST [...] close both connections".
export default defineProbe({
  id: 'close/origin-vanishes',
  title: 'The client is told when the origin ends the connection',
  failure: 'The client is not told that the origin has ended the connection',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-7.1.5'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const socket = await dial({ scene: { play: 'vanish' } });
    socket.send('leave now');
    await socket.end('the end of the connection at the client');
  },
  why: 'The page looks connected and is deaf; nothing makes it connect again.',
});
