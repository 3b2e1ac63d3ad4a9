import { defineMutant, withField } from './mutant.ts';

/** Passes on the session and nothing else. */
export default defineMutant(
  'keeps-first-cookie',
  { 'headers/cookies': 'cookie-changed' },
  { request: (head) => withField(head, 'Cookie', head.get('cookie')?.split('; ')[0] ?? '') },
);
