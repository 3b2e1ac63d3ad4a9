import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Envoy without `upgrade_configs`. */
export default defineMutant(
  'forbids-upgrades',
  { 'handshake/upgrade': 'answered-by-proxy' },
  {
    intercept: (_, client) => {
      answerItself(client, '403 Forbidden');
      return true;
    },
  },
);
