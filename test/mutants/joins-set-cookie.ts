import { defineMutant, withField } from './mutant.ts';

/** Keeps fields in a map by name, and joins what has the same one. */
export default defineMutant(
  'joins-set-cookie',
  { 'headers/set-cookie': 'set-cookie-merged' },
  {
    response: (head) => (head.has('set-cookie') ? withField(head, 'Set-Cookie', head.get('set-cookie')!) : head),
  },
);
