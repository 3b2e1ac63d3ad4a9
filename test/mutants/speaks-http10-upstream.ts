import { defineMutant, withStart } from './mutant.ts';

/** nginx before 1.29.7 without `proxy_http_version 1.1`. */
export default defineMutant(
  'speaks-http10-upstream',
  { 'handshake/http-version': 'http10-upstream' },
  { request: (head) => withStart(head, head.start.replace('HTTP/1.1', 'HTTP/1.0')) },
);
