import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** It begins with what is no hexadecimal digit, so that a client sees at once when the sizes of the chunks are missing. */
const BODY = 'The length of this refusal was not known beforehand, so it comes in two chunks.';

// RFC 9112 §7.1: "A recipient MUST be able to parse and decode the chunked transfer coding." A proxy may send the body on
// in another framing, but it has to be the same body, framed as the fields say (§6.3).
export default defineProbe({
  id: 'rejection/chunked-refusal',
  title: 'A refusal with a chunked body reaches the client with that body',
  failure: 'A refusal with a chunked body reaches the client garbled',
  level: 'must',
  spec: ['rfc9112#section-6.3', 'rfc9112#section-7.1'],
  needs: ['handshake/upgrade'],
  async run({ ask }) {
    const { body } = await ask({ scene: { play: 'reject', status: 401, body: BODY, chunked: true } });
    expect(body.toString()).toBe(BODY, 'the body of the 401 at the client');
  },
  why: 'Most frameworks send their errors chunked: the client waits for the rest, or reports a broken server for a wrong password.',
});
