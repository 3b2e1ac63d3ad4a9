import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Knows RFC 6455 and nothing that came before: an upgrade without a key is a bad request. */
export default defineMutant(
  'insists-on-a-key',
  { 'legacy/hixie-75': 'answered-by-proxy', 'legacy/hixie-76': 'answered-by-proxy' },
  {
    intercept: (request, client) => {
      if (!request.lists('upgrade', 'websocket') || request.has('sec-websocket-key')) return false;
      answerItself(client, '400 Bad Request');
      return true;
    },
  },
);
