import { ResponseHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';

/** Thinks that all is well that is no error, and says 200. */
export default defineMutant(
  'takes-101-for-success',
  { 'rejection/unsolicited-101-answer': 'bad-switch-hidden' },
  {
    switched: (response) => response.status === 101,
    response: (head, { request }) =>
      request.has('upgrade') ? head : new ResponseHead('HTTP/1.1 200 OK', [['Content-Length', '0']]),
  },
);
