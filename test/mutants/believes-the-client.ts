import { defineMutant, withField } from './mutant.ts';

/** Tells the client's address where nobody has told it yet. */
export default defineMutant(
  'believes-the-client',
  { 'headers/forged-forwarding': 'forwarding-field-trusted' },
  { request: (head) => (head.has('x-forwarded-for') ? head : withField(head, 'X-Forwarded-For', '127.0.0.1')) },
);
