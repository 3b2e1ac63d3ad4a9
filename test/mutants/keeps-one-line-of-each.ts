import { defineMutant, withFields } from './mutant.ts';

/** A map of fields by name, in which each line takes the place of the one before. */
export default defineMutant(
  'keeps-one-line-of-each',
  { 'headers/repeated-fields': 'field-lines-lost', 'headers/forwarding-lines': 'field-lines-lost' },
  {
    request: (head) =>
      withFields(head, (fields) =>
        fields.filter(([name], i) => !fields.slice(i + 1).some(([other]) => other === name)),
      ),
  },
);
