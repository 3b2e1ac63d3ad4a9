import { defineMutant, perPair } from './mutant.ts';

/** Stops reading when its window is full, and forgets to begin again. */
export default defineMutant('stops-at-2000', { 'messages/burst-order': 'messages-withheld' }, () => {
  const counter = perPair(() => ({ messages: 0 }));
  return {
    upFrame: (frame, pass, pair) => {
      if (++counter(pair).messages <= 2000) pass(frame);
    },
  };
});
