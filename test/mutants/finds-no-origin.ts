import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** A typing error in the address of the origin. */
export default defineMutant(
  'finds-no-origin',
  { 'handshake/upgrade': 'origin-unreachable' },
  {
    intercept: (_, client) => {
      answerItself(client, '502 Bad Gateway', 'no such host');
      return true;
    },
  },
);
