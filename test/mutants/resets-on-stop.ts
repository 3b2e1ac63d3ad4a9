import { defineMutant } from './mutant.ts';
import type { Pair } from './relay.ts';

/** Ends as a process does that is killed with unread bytes in its sockets. */
export default defineMutant('resets-on-stop', { 'lifetime/stop': 'stop-not-told' }, () => {
  const pairs = new Set<Pair>();
  return {
    response: (head, pair) => {
      pairs.add(pair);
      return head;
    },
    stop: () => {
      for (const { client, origin } of pairs) {
        client.reset();
        origin.reset();
      }
    },
  };
});
