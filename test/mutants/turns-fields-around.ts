import { defineMutant, withFields } from './mutant.ts';

/** A list of fields to which each is added in front. */
export default defineMutant(
  'turns-fields-around',
  { 'headers/repeated-fields': 'field-lines-reordered' },
  { response: (head) => withFields(head, (fields) => fields.reverse()) },
);
