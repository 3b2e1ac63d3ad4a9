import { closeIn } from '../../wire/record.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const COUNT = 16;
const MESSAGE = Buffer.alloc(65_536, '.');

// RFC 9110 §9.3.6: "the intermediary MUST attempt to send any outstanding data that came from the closed side to the
// other side". A page that is left says what it has to say, and is gone.
export default defineProbe({
  id: 'close/last-data-of-client',
  title: 'What the client sends before it ends comes to the origin whole',
  failure: 'The last that the client sends before it ends is lost',
  level: 'must',
  spec: ['rfc9110#section-9.3.6', 'rfc6455#section-5.5.1'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const socket = await dial({ scene: { play: 'silent' } });
    for (let i = 0; i < COUNT; i++) socket.send(MESSAGE);
    socket.sendClose(4000);
    socket.link.finish();
    const seen = await journal(socket, ({ ending }) => ending !== undefined, 'the end of the connection');
    expect(seen.messages).toBe(COUNT, 'how many of the last messages came to the origin');
    expect(closeIn(seen.frames, 'received')?.code).toBe(4000, 'the close code behind them');
  },
  why: 'The draft that is saved, the last stroke of a drawing, the goodbye: what is sent on leaving is not there later.',
});
