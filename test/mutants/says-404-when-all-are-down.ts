import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Has no route to an origin that is down, and so no page for the client. */
export default defineMutant(
  'says-404-when-all-are-down',
  { 'rejection/origin-down': 'outage-not-told' },
  balancer('says-404-when-all-are-down', { refused: ({ client }) => answerItself(client, '404 Not Found') }),
);
