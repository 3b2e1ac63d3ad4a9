import { defineMutant, withField, without } from './mutant.ts';

/** Takes away what Connection names, and nothing that a careless sender left out of it. */
export default defineMutant(
  'minds-only-named-hops',
  { 'headers/hop-by-hop': 'hop-by-hop-forwarded' },
  {
    request: (head) => {
      const named = head.list('connection').map((option) => option.toLowerCase());
      return withField(without(head, ...named.filter((option) => option !== 'upgrade')), 'Via', '1.1 mutant');
    },
  },
);
