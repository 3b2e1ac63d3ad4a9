import { defineProbe } from '../probe.ts';

// RFC 9110 §9.3.6: "A tunnel is closed when a tunnel intermediary detects that either side has closed its connection: the
// intermediary MUST [...] close both connections". Whether by FIN or by RST is its own choice. Over HTTP/2 a reset is
// RST_STREAM with CANCEL (RFC 8441 §5).
export default defineProbe({
  id: 'close/client-resets',
  title: 'The origin is told when the client resets the connection',
  failure: 'The origin is not told that the client has reset the connection',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-7.1.5', 'rfc8441#section-5'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const socket = await dial();
    await socket.echo('still here');
    socket.link.reset();
    await journal(socket, ({ ending }) => ending !== undefined, 'the end of the connection');
  },
  why: 'A browser that crashes, or a phone that changes networks, leaves a connection behind at the origin.',
});
