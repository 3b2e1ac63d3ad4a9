import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Everything has to come over TLS, and this port only says so. */
export default defineMutant(
  'redirects-to-https',
  { 'handshake/upgrade': 'redirected-by-proxy' },
  {
    intercept: (request, client) => {
      answerItself(client, '301 Moved Permanently', '', `Location: https://${request.get('host')}/`);
      return true;
    },
  },
);
