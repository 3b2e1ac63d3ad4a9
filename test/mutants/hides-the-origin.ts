import { defineMutant, withFields } from './mutant.ts';

/** Removes every field by which an origin could be recognized; the stamp goes with them. */
export default defineMutant(
  'hides-the-origin',
  { 'rejection/status': 'refusal-fields-dropped' },
  {
    response: (head) =>
      withFields(head, (fields) => fields.filter(([name]) => !/^(server|via|x-\w+-origin)$/i.test(name))),
  },
);
