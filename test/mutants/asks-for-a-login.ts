import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** A password in front of everything. */
export default defineMutant(
  'asks-for-a-login',
  { 'handshake/upgrade': 'login-required' },
  {
    intercept: (_, client) => {
      answerItself(client, '401 Unauthorized', '', 'WWW-Authenticate: Basic realm="staging"');
      return true;
    },
  },
);
