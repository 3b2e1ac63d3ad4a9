import { defineProbe } from '../probe.ts';

/** ms in which the handshake reaches an origin that does not answer it. */
const HESITATION = 300;

// RFC 9112 §9.5: "Implementations SHOULD constantly monitor open connections for a received closure signal and respond to
// it as appropriate, since prompt closure of both sides of a connection enables allocated system resources to be
// reclaimed."
export default defineProbe({
  id: 'close/abort-before-101',
  title: 'The origin is told when a client goes before its handshake has been answered',
  failure: 'The origin is not told when a client goes before its handshake has been answered',
  level: 'should',
  spec: ['rfc9112#section-9.5'],
  needs: ['handshake/upgrade'],
  waits: true,
  async run({ abandon, journal }) {
    const request = await abandon({ scene: { play: 'hang' } }, HESITATION);
    await journal(request, ({ ending }) => ending !== undefined, 'the end of the connection');
  },
  why: 'The application goes on with logins and queries for people who have left, most of all when it is overloaded.',
});
