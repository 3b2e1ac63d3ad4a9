import { ResponseHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';

/** Follows redirects, as a library for HTTP does that it is made with: the client gets what was found there. */
export default defineMutant(
  'follows-redirects',
  { 'rejection/redirect': 'redirect-followed' },
  {
    response: (head) => (head.status === 302 ? new ResponseHead('HTTP/1.1 200 OK', [['Content-Length', '0']]) : head),
  },
);
