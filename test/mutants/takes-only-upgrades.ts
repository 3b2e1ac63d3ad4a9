import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** A port for WebSockets and nothing else. */
export default defineMutant(
  'takes-only-upgrades',
  { 'fallback/plain-http': 'plain-request-not-forwarded' },
  {
    intercept: (request, client) => {
      if (request.lists('upgrade', 'websocket')) return false;
      answerItself(client, '426 Upgrade Required');
      return true;
    },
  },
);
