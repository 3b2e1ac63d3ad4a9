import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** `AllowEncodedSlashes Off`, which is the default of Apache httpd. */
export default defineMutant(
  'refuses-encoded-slash',
  { 'handshake/request-target': 'encoded-slash-refused' },
  {
    intercept: (request, client) => {
      if (!request.target.includes('%2F')) return false;
      answerItself(client, '404 Not Found');
      return true;
    },
  },
);
