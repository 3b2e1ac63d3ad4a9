import { defineMutant, withStart } from './mutant.ts';

/** `proxy_pass` with a path behind the address: what is passed on is the decoded path. */
export default defineMutant(
  'decodes-path',
  { 'handshake/request-target': 'request-target-reencoded' },
  { request: (head) => withStart(head, head.start.replace('%2F', '/')) },
);
