import { defineMutant } from './mutant.ts';

/** Passes the head on and throws away what came with it. */
export default defineMutant(
  'forgets-early-bytes',
  { 'legacy/hixie-76': 'key-bytes-dropped', 'handshake/early-before-101': 'early-bytes-lost' },
  {
    up: (chunk, pass, pair) => {
      if (pair.response) pass(chunk);
    },
  },
);
