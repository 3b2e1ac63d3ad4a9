import { defineMutant, withField } from './mutant.ts';

/** Has room for one value of each name. */
export default defineMutant(
  'keeps-first-challenge',
  { 'rejection/challenges': 'challenges-changed' },
  {
    response: (head) => {
      const [first] = head.all('www-authenticate');
      return first ? withField(head, 'WWW-Authenticate', first) : head;
    },
  },
);
