import { defineMutant } from './mutant.ts';

/** Takes what follows the 101 for its body, and writes it in chunks (RFC 9112 §7.1). */
export default defineMutant(
  'chunks-the-tunnel',
  { 'messages/binary': 'frames-broken' },
  {
    down: (chunk, pass) => {
      pass(Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]));
    },
  },
);
