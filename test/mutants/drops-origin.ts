import { defineMutant, without } from './mutant.ts';

/** “Fixes” a 403 of the application by removing what it looks at. */
export default defineMutant(
  'drops-origin',
  { 'headers/origin-header': 'origin-header-dropped' },
  { request: (head) => without(head, 'origin') },
);
