import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const COUNT = 5;

// RFC 9293 §3.6: "The user who CLOSEs may continue to RECEIVE until the TCP receiver is told that the remote peer has
// CLOSED also." A tunnel does not need to keep that: it is closed "when a tunnel intermediary detects that either side
// has closed its connection" (RFC 9110 §9.3.6). So this says which of the two a proxy does. Over TLS few stacks know
// half of an end.
export default defineProbe({
  id: 'close/half-close-of-client',
  title: 'A client that has ended its side still gets what the origin sends',
  failure: 'A client that has ended its side gets nothing more',
  level: 'info',
  spec: ['rfc9293#section-3.6', 'rfc9110#section-9.3.6', 'rfc8441#section-5'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'h2'],
  async run({ dial, measure }) {
    const socket = await dial({ scene: { play: 'persist', count: COUNT, delay: 50 } });
    socket.send('go on without me');
    socket.link.finish();
    const came = (await socket.messages(COUNT)).length;
    measure('afterHalfClose', came, 'messages');
    expect(came).toBe(COUNT, 'how many of the messages came that the origin sent afterwards');
  },
  why: 'A client that ends its side to say that it is done gets no answers any more; it has to send a close frame instead.',
});
