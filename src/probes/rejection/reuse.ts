import { NoAnswer } from '../../wire/no-answer.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 9112 §9.3: "A server that does not support persistent connections MUST send the "close" connection option in every
// response message that does not have a 1xx (Informational) status code." Whoever does not say so has to read on, and to
// answer each request with what belongs to it.
export default defineProbe({
  id: 'rejection/reuse',
  title: 'After a refusal the connection serves the next request, or is closed',
  failure: 'After a refusal the connection is neither closed nor good for the next request',
  level: 'must',
  spec: ['rfc9112#section-9.3', 'rfc9112#section-9.5'],
  needs: ['rejection/status'],
  transports: ['ws', 'wss'],
  async run({ ask, askAgain }) {
    const refused = await ask({ scene: { play: 'reject', status: 403, body: 'not now' } });
    if (refused.response.lists('connection', 'close')) return;
    const next = await askAgain(refused, { plain: true }).catch((error: unknown) => {
      // §9.5: it may be closed at any time.
      if (!(error instanceof NoAnswer && error.kind === 'ended')) throw error;
    });
    if (next) expect(next.stamped).toBe(true, 'the origin’s stamp for the next request on what it is answered');
  },
  why: 'The page that shows the error waits for ever, or another user gets what was meant for this one.',
});
