import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';

/** Each request goes to the next origin, whoever sends it. */
export default defineMutant(
  'takes-turns',
  { 'balancing/sticky-session': 'session-moved' },
  balancer('takes-turns', { choose: (turn) => turn as 0 | 1 }),
);
