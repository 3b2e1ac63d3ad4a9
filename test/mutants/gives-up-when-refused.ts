import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Knows no next origin. */
export default defineMutant(
  'gives-up-when-refused',
  { 'balancing/dead-origin': 'dead-origin-used' },
  balancer('gives-up-when-refused', { refused: ({ client }) => answerItself(client, '502 Bad Gateway') }),
);
