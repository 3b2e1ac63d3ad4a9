import { endOfHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Takes the first segment from the origin for the whole head. */
export default defineMutant(
  'reads-101-at-once',
  { 'handshake/split-101': 'switch-not-relayed' },
  {
    arriving: (chunk, pass, { client, origin, response }) => {
      if (response || endOfHead(chunk) >= 0) return pass(chunk);
      origin.destroy();
      answerItself(client, '502 Bad Gateway');
    },
  },
);
