import { defineMutant } from './mutant.ts';

/** Keeps a worker busy for as long as a connection lives, and lets others wait when there is none left. */
export default defineMutant('has-20-workers', { 'load/connections': 'connection-limit' }, () => {
  let free = 20;
  return {
    intercept: () => free-- <= 0,
    clientEnded: (_, { origin }) => {
      free++;
      origin.finish();
    },
  };
});
