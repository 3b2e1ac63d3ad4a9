import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

const MOST = 16 * 1024;

/** Finds no room for the head of its own request, and takes that for a fault of the origin. */
export default defineMutant(
  'takes-long-heads-for-an-outage',
  { 'headers/large-cookies': 'long-head-misreported' },
  {
    intercept: (request, client) => {
      if (request.toBytes().length <= MOST) return false;
      answerItself(client, '502 Bad Gateway');
      return true;
    },
  },
);
