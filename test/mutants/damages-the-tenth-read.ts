import { defineMutant, perPair } from './mutant.ts';

/** Has places for nine reads, and damages the one that comes next. */
export default defineMutant('damages-the-tenth-read', { 'messages/byte-by-byte': 'messages-altered' }, () => {
  const counter = perPair(() => ({ reads: 0 }));
  return {
    up: (chunk, pass, pair) => {
      if (++counter(pair).reads === 10) chunk[0]! ^= 0xff;
      pass(chunk);
    },
  };
});
