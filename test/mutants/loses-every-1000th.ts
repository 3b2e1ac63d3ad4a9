import { defineMutant, perPair } from './mutant.ts';

/** Throws a message away when its queue is full. */
export default defineMutant('loses-every-1000th', { 'messages/burst-order': 'messages-lost' }, () => {
  const counter = perPair(() => ({ messages: 0 }));
  return {
    upFrame: (frame, pass, pair) => {
      if (++counter(pair).messages % 1000 !== 0) pass(frame);
    },
  };
});
