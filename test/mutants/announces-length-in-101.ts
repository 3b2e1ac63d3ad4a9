import { defineMutant, withField } from './mutant.ts';

/** Knows that a response without a body has a length of 0. */
export default defineMutant(
  'announces-length-in-101',
  { 'headers/101-fields': 'body-announced-in-101' },
  { response: (head) => withField(head, 'Content-Length', '0') },
);
