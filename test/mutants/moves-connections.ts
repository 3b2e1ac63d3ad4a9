import { socketLink } from '../../src/wire/link.ts';
import { balancer } from './balancer.ts';
import { defineMutant } from './mutant.ts';

/** Shakes hands with the other origin when the first one dies, keeps that 101 to itself and goes on. */
export default defineMutant(
  'moves-connections',
  { 'balancing/dying-origin': 'connection-migrated' },
  balancer('moves-connections', {
    died: (line) => {
      const { client, bytes, ports, chosen, open } = line;
      let switched = false;
      line.origin = socketLink(open(ports[chosen === 0 ? 1 : 0]), {
        onData: (chunk) => {
          if (switched) client.write(chunk);
          switched = true;
        },
      });
      line.origin.write(bytes);
    },
  }),
);
