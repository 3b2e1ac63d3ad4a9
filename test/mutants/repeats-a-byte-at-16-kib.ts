import { defineMutant } from './mutant.ts';

const BUFFER = 16_384;

/** Reads into a buffer, and begins again with the byte that was the last to have room. */
export default defineMutant(
  'repeats-a-byte-at-16-kib',
  { 'messages/buffer-borders': 'messages-altered' },
  {
    up: (chunk, pass) => {
      for (let at = 0; at < chunk.length; at += BUFFER) pass(chunk.subarray(Math.max(0, at - 1), at + BUFFER));
    },
  },
);
