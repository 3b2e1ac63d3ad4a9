import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';

/** Leaves the client's connection open when there is nothing behind it any more. */
export default defineMutant(
  'keeps-quiet-about-deaths',
  { 'balancing/dying-origin': 'end-not-propagated' },
  balancer('keeps-quiet-about-deaths', { died: () => {} }),
);
