import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Has a limit of connections for each address, and says so. */
export default defineMutant('turns-the-fourth-away', { 'load/side-by-side': 'refused-among-others' }, () => {
  let free = 3;
  return {
    intercept: (_, client) => {
      if (free-- > 0) return false;
      answerItself(client, '429 Too Many Requests');
      return true;
    },
  };
});
