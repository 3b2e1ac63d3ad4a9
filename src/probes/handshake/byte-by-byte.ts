import { defineProbe } from '../probe.ts';

// RFC 9112 §2.2: "The normal procedure for parsing an HTTP message is to read the start-line into a structure, read each
// header field line into a hash table by field name until the empty line". TCP cuts it into segments wherever it likes.
export default defineProbe({
  id: 'handshake/byte-by-byte',
  title: 'A handshake that the client sends byte by byte gets through',
  failure: 'A handshake that the client sends byte by byte does not get through',
  level: 'must',
  spec: ['rfc9112#section-2.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  oneSided: true,
  async run({ dial }) {
    await dial({ segments: (head) => Array.from(head, (byte) => Buffer.of(byte)) });
  },
  why: 'Handshakes fail at random, more often on slow or far networks and for those with long cookies.',
});
