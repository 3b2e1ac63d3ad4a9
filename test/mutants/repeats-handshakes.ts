import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** An origin that hangs up has failed, so the next one is tried: what nginx does with each GET. */
export default defineMutant(
  'repeats-handshakes',
  { 'balancing/repeated-handshake': 'handshake-repeated' },
  balancer('repeats-handshakes', {
    hungUp: ({ client }, next) => (next ? next() : answerItself(client, '502 Bad Gateway')),
  }),
);
