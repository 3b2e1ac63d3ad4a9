import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Counts who comes and forgets to count who goes. */
export default defineMutant('keeps-the-places-of-the-gone', { 'load/churn': 'places-not-freed' }, () => {
  let free = 20;
  return {
    intercept: (_, client) => {
      if (free-- > 0) return false;
      answerItself(client, '503 Service Unavailable');
      return true;
    },
  };
});
