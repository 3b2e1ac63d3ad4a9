import { defineMutant } from './mutant.ts';

/** Has places for three, and does not answer whoever else comes. */
export default defineMutant('has-three-places', { 'load/side-by-side': 'shut-out-among-others' }, () => {
  let free = 3;
  return { intercept: () => free-- <= 0 };
});
