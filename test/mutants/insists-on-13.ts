import { defineMutant, withField } from './mutant.ts';

/** Sets the version that it knows itself. */
export default defineMutant(
  'insists-on-13',
  { 'rejection/unsupported-version': 'version-rewritten' },
  { request: (head) => withField(head, 'Sec-WebSocket-Version', '13') },
);
