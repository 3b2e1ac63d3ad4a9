import { defineMutant, withField } from './mutant.ts';

/** Keeps fields in a map by name, and what comes later replaces what was there. */
export default defineMutant(
  'keeps-last-set-cookie',
  { 'headers/set-cookie': 'set-cookie-dropped' },
  {
    response: (head) => (head.has('set-cookie') ? withField(head, 'Set-Cookie', head.all('set-cookie').at(-1)!) : head),
  },
);
