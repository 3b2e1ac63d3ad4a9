import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Has counted too many requests already. */
export default defineMutant(
  'limits-the-rate',
  { 'handshake/upgrade': 'rate-limited' },
  {
    intercept: (_, client) => {
      answerItself(client, '429 Too Many Requests');
      return true;
    },
  },
);
