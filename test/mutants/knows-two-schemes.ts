import { defineMutant, without } from './mutant.ts';

/** Passes on credentials of the schemes that it knows. */
export default defineMutant(
  'knows-two-schemes',
  { 'headers/authorization': 'authorization-dropped' },
  {
    request: (head) =>
      /^(bearer|basic) /i.test(head.get('authorization') ?? '') ? head : without(head, 'authorization'),
  },
);
