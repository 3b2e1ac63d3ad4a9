import { connect } from 'node:net';
import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';

/** Looks every 50 ms whether the origin takes connections, and cuts what is open when it does not. */
export default defineMutant(
  'cuts-what-drains',
  { 'balancing/drain': 'drained-connections-cut' },
  balancer('cuts-what-drains', {
    answered: ({ client, ports, chosen }) => {
      const check = setInterval(() => {
        const attempt = connect(ports[chosen], '127.0.0.1', () => attempt.destroy());
        attempt.on('error', () => client.finish());
      }, 50);
      void client.ended.then(() => clearInterval(check));
    },
  }),
);
