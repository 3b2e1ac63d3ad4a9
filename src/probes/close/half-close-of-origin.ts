import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const COUNT = 5;

// RFC 9293 §3.6: a side that has ended goes on receiving "until the TCP receiver is told that the remote peer has CLOSED
// also". A tunnel does not need to keep that: it is closed "when a tunnel intermediary detects that either side has
// closed its connection" (RFC 9110 §9.3.6). So this says which of the two a proxy does.
export default defineProbe({
  id: 'close/half-close-of-origin',
  title: 'An origin that has ended its side still gets what the client sends',
  failure: 'An origin that has ended its side gets nothing more',
  level: 'info',
  spec: ['rfc9293#section-3.6', 'rfc9110#section-9.3.6', 'rfc8441#section-5'],
  needs: ['close/origin-vanishes'],
  transports: ['ws', 'h2'],
  async run({ dial, journal, measure }) {
    const socket = await dial({ auto: false, scene: { play: 'vanish' } });
    socket.send('leave now');
    await socket.end('the end of the origin’s side at the client');
    const before = (await journal(socket)).messages;
    for (let i = 0; i < COUNT; i++) socket.send('are you still there?');
    socket.link.finish();
    const seen = await journal(socket, ({ ending }) => ending !== undefined, 'the end of the connection');
    measure('afterHalfClose', seen.messages - before, 'messages');
    expect(seen.messages - before).toBe(COUNT, 'how many of the messages came that the client sent afterwards');
  },
  why: 'An origin that ends its side first, and waits for what is still under way, waits in vain.',
});
