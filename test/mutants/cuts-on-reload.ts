import { defineMutant } from './mutant.ts';
import type { Pair } from './relay.ts';

/** Begins anew with its new configuration, and leaves the connections of the old one to their fate. */
export default defineMutant('cuts-on-reload', { 'lifetime/reload': 'cut-on-reload' }, () => {
  const pairs = new Set<Pair>();
  return {
    response: (head, pair) => {
      pairs.add(pair);
      return head;
    },
    reload: () => {
      for (const { client, origin } of pairs) {
        client.finish();
        origin.finish();
      }
    },
  };
});
