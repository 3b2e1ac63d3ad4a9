import { defineProbe } from '../probe.ts';

// RFC 9110 §9.3.6: "A tunnel is closed when a tunnel intermediary detects that either side has closed its connection: the
// intermediary MUST attempt to send any outstanding data that came from the closed side to the other side, close both
// connections". It is said of CONNECT; what follows a 101 is a tunnel as well. Over HTTP/2 the end is an END_STREAM flag
// (RFC 8441 §5).
export default defineProbe({
  id: 'close/client-vanishes',
  title: 'The origin is told when the client is gone',
  failure: 'The origin is not told that the client is gone',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-7.1.5', 'rfc8441#section-5'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const socket = await dial();
    await socket.echo('still here');
    socket.link.finish();
    await journal(socket, ({ ending }) => ending !== undefined, 'the end of the connection');
  },
  why: 'Connections of people who closed their laptop pile up at the origin until it has no room for others.',
});
