import { defineMutant, perPair } from './mutant.ts';

/** Writes a buffer once more when the first write was a short one. */
export default defineMutant('writes-again', { 'messages/burst-order': 'messages-repeated' }, () => {
  const counter = perPair(() => ({ messages: 0 }));
  return {
    upFrame: (frame, pass, pair) => {
      pass(frame);
      if (++counter(pair).messages === 20) pass(frame);
    },
  };
});
