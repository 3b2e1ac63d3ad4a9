import { defineMutant, withFields } from './mutant.ts';

/** Makes one space of two in every field. */
export default defineMutant(
  'squeezes-spaces',
  { 'legacy/hixie-76': 'old-key-rewritten' },
  { request: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name, value.replace(/ +/g, ' ')])) },
);
