import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Knows an upgrade by `Connection: Upgrade` alone, and serves nothing else. */
export default defineMutant(
  'takes-connection-for-one-word',
  { 'handshake/connection-list': 'connection-list-misread' },
  {
    intercept: (request, client) => {
      if (request.get('connection')?.toLowerCase() === 'upgrade') return false;
      answerItself(client, '426 Upgrade Required');
      return true;
    },
  },
);
