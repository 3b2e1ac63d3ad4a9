import { defineProbe } from '../probe.ts';

const [LF, COLON] = [0x0a, 0x3a];

/** Cut where parsers lose their place: in the method, in front of each colon, within each line end, and at the end. */
function inPieces(head: Buffer): Buffer[] {
  const cut = (byte: number, i: number): boolean => i < 5 || byte === LF || byte === COLON || i > head.length - 4;
  const starts = [...head.keys()].filter((i) => i === 0 || cut(head[i]!, i));
  return starts.map((start, i) => head.subarray(start, starts[i + 1]));
}

// RFC 9112 §2.2: "The normal procedure for parsing an HTTP message is to read the start-line into a structure, read each
// header field line into a hash table by field name until the empty line". TCP cuts it into segments wherever it likes.
export default defineProbe({
  id: 'handshake/split-request',
  title: 'A handshake that the client sends in many small segments gets through',
  failure: 'A handshake that the client sends in many small segments does not get through',
  level: 'must',
  spec: ['rfc9112#section-2.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  oneSided: true,
  async run({ dial }) {
    await dial({ segments: inPieces });
  },
  why: 'Handshakes fail at random, more often on slow or far networks and for those with long cookies.',
});
