import { defineMutant, withField } from './mutant.ts';

/** `changeOrigin` that means the Origin field as well. */
export default defineMutant(
  'rewrites-origin',
  { 'headers/origin-header': 'origin-header-rewritten' },
  { request: (head) => withField(head, 'Origin', 'http://origin:9000') },
);
