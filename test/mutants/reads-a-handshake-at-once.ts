import { endOfHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Takes the first segment from the client for the whole head. */
export default defineMutant(
  'reads-a-handshake-at-once',
  { 'handshake/split-request': 'answered-by-proxy' },
  {
    greet: (chunk, client) => {
      if (endOfHead(chunk) >= 0) return false;
      answerItself(client, '400 Bad Request');
      return true;
    },
  },
);
