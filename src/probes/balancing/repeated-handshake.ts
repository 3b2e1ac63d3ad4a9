import { Unexpected } from '../../wire/unexpected.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9110 §9.2.2 lets a gateway repeat a GET whose connection was closed without an answer. A handshake is a GET, but
// servers do something for it: they open a session, say hello to a room, count a login.
export default defineProbe({
  id: 'balancing/repeated-handshake',
  title: 'A handshake that an origin hung up on is not sent to the other one',
  failure: 'A handshake that an origin hung up on is sent again',
  level: 'info',
  spec: ['rfc9110#section-9.2.2'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  // A balancer may shun an origin for a while that hung up on it.
  exclusive: true,
  async run({ ask, requests, arrivals, measure }) {
    // What the client is told is another matter: rejection/origin-drops.
    await ask({ scene: { play: 'drop' } }).catch((error) => {
      if (!(error instanceof Unexpected)) throw error;
    });
    const { length } = await arrivals(requests().at(-1)!);
    measure('handshakesAtOrigins', length, 'count');
    expect(length).about('origins').toBe(1, 'handshakes at the origins for one at the client');
  },
  why: 'A handshake that crashes one server is carried to the next, until all of them are down.',
});
