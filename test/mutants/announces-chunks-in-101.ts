import { defineMutant, withField } from './mutant.ts';

/** A filter that compresses whatever comes, and so does not know how long it will be. */
export default defineMutant(
  'announces-chunks-in-101',
  { 'headers/101-fields': 'body-announced-in-101' },
  { response: (head) => withField(head, 'Transfer-Encoding', 'chunked') },
);
