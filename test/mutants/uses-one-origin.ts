import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';

/** Every client has the same address, and that is what it looks at. */
export default defineMutant(
  'uses-one-origin',
  { 'balancing/distribution': 'one-origin-only' },
  balancer('uses-one-origin', { choose: () => 0 }),
);
