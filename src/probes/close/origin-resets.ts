import { defineProbe } from '../probe.ts';

// RFC 9110 §9.3.6: "A tunnel is closed when a tunnel intermediary detects that either side has closed its connection: the
// intermediary MUST [...] close both connections". Whether by FIN or by RST is its own choice.
export default defineProbe({
  id: 'close/origin-resets',
  title: 'The client is told when the origin resets the connection',
  failure: 'The client is not told that the origin has reset the connection',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-7.1.5'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const socket = await dial({ scene: { play: 'reset' } });
    socket.send('crash now');
    await socket.end('the end of the connection at the client');
  },
  why: 'When the origin crashes or is restarted, clients stay with a dead connection and do not come back.',
});
