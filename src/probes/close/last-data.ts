import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const COUNT = 16;

// RFC 9110 §9.3.6: "the intermediary MUST attempt to send any outstanding data that came from the closed side to the
// other side". RFC 6455 §5.5.1 lets a server close the connection right behind its close frame.
export default defineProbe({
  id: 'close/last-data',
  title: 'What the origin sends before it ends comes to the client whole',
  failure: 'The last that the origin sends before it ends is lost',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-5.5.1'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const socket = await dial({ scene: { play: 'farewell', count: COUNT, size: 65_536, code: 4000 } });
    socket.send('say goodbye');
    const messages = await socket.messages(COUNT);
    expect(messages.length).toBe(COUNT, 'how many of the last messages came');
    const closing = await socket.end('the end of the connection at the client');
    expect(closing.code).toBe(4000, 'the close code behind them');
  },
  why: 'The last message is often the one that matters: the result, the error, the reason for the end.',
});
