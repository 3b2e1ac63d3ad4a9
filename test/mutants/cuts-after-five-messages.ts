import { defineMutant, perPair } from './mutant.ts';

/** Counts the messages of a tunnel as requests of a connection, of which it allows five. */
export default defineMutant('cuts-after-five-messages', { 'lifetime/busy': 'busy-cut' }, () => {
  const counter = perPair(() => ({ messages: 0 }));
  return {
    downFrame: (frame, pass, pair) => {
      pass(frame);
      if (++counter(pair).messages !== 5) return;
      pair.client.finish();
      pair.origin.finish();
    },
  };
});
