import { defineMutant } from './mutant.ts';

/** Writes to one client until it has taken everything, and only then to the next one. */
export default defineMutant('serves-one-after-the-other', { 'backpressure/others': 'others-held-up' }, () => {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    down: (chunk, pass, { client }) => {
      turn = turn.then(() => {
        pass(chunk);
        return client.drained();
      });
      return turn;
    },
  };
});
