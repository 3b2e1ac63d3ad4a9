import { defineMutant, withField } from './mutant.ts';

/** A parser in front of the proxy has read the body of each POST, so nothing is left to pass on. */
export default defineMutant(
  'forgets-request-bodies',
  { 'fallback/plain-http': 'request-body-lost' },
  {
    request: (head) => (head.method === 'POST' ? withField(head, 'Content-Length', '0') : head),
    up: (chunk, pass, { request }) => {
      if (request.method !== 'POST') pass(chunk);
    },
  },
);
