import { defineProbe } from '../probe.ts';

const AT_ONCE = 24;

// RFC 9112 §2.2: "The normal procedure for parsing an HTTP message is to read the start-line into a structure, read each
// header field line into a hash table by field name until the empty line". TCP cuts it into segments wherever it likes.
export default defineProbe({
  id: 'handshake/split-101',
  title: 'A 101 that comes in many small segments reaches the client',
  failure: 'A 101 that comes in many small segments does not reach the client',
  level: 'must',
  spec: ['rfc9112#section-2.2'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    // Several at once: a parser that keeps its place in the wrong spot is right as long as nobody else comes between.
    await Promise.all(Array.from({ length: AT_ONCE }, () => dial({ scene: { split: true } })));
  },
  why: 'Handshakes fail at random, more often on slow or far networks.',
});
