import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

const MOST = 4 * 1024;

/** Says what is wrong, and is small. */
export default defineMutant(
  'takes-heads-of-4-kib',
  { 'handshake/header-limit': 'head-too-long' },
  {
    intercept: (request, client) => {
      if (request.toBytes().length <= MOST) return false;
      answerItself(client, '431 Request Header Fields Too Large');
      return true;
    },
  },
);
