import { defineMutant, withFields } from './mutant.ts';

/** Writes a 101 of its own and copies only what no WebSocket can do without. */
export default defineMutant(
  'answers-what-it-knows',
  { 'headers/101-fields': 'response-field-dropped' },
  { response: (head) => withFields(head, (fields) => fields.filter(([name]) => !/^X-(?!Wsproof)/i.test(name))) },
);
