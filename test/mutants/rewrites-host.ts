import { defineMutant, withField } from './mutant.ts';

/** nginx without `proxy_set_header Host`, and most others when told to. */
export default defineMutant(
  'rewrites-host',
  { 'headers/host': 'host-rewritten' },
  { request: (head) => withField(head, 'Host', 'origin:9000') },
);
