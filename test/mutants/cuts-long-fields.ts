import { defineMutant, withFields } from './mutant.ts';

const ROOM = 8190;

/** Copies each field into a buffer of its own, as much of it as there is room for. */
export default defineMutant(
  'cuts-long-fields',
  { 'headers/large-cookies': 'field-cut-off' },
  {
    request: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name, value.slice(0, ROOM)])),
  },
);
