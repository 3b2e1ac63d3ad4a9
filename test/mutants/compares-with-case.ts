import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** A rule that compares “websocket” letter by letter. */
export default defineMutant(
  'compares-with-case',
  { 'handshake/token-case': 'token-case-misread' },
  {
    intercept: (request, client) => {
      if (request.get('upgrade') === 'websocket') return false;
      answerItself(client, '400 Bad Request');
      return true;
    },
  },
);
