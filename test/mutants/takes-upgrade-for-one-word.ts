import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Compares the whole of Upgrade with “websocket”. */
export default defineMutant(
  'takes-upgrade-for-one-word',
  { 'handshake/upgrade-list': 'upgrade-list-misread' },
  {
    intercept: (request, client) => {
      if (request.get('upgrade')?.toLowerCase() === 'websocket') return false;
      answerItself(client, '400 Bad Request');
      return true;
    },
  },
);
