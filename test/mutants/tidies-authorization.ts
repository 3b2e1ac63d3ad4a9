import { defineMutant, withField } from './mutant.ts';

/** Takes the credentials apart and puts them together again without the padding. */
export default defineMutant(
  'tidies-authorization',
  { 'headers/authorization': 'authorization-changed' },
  { request: (head) => withField(head, 'Authorization', (head.get('authorization') ?? '').replace(/=+$/, '')) },
);
