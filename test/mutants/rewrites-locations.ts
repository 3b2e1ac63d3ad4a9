import { defineMutant, withField } from './mutant.ts';

/** Takes every address for one of its origin, and puts its own in that place. */
export default defineMutant(
  'rewrites-locations',
  { 'rejection/redirect': 'location-rewritten' },
  {
    response: (head) => {
      const location = head.get('location');
      return location ? withField(head, 'Location', location.replace(/^https:..[^/]*/, 'http://proxy.example')) : head;
    },
  },
);
