import { defineMutant } from './mutant.ts';
import { endAs } from './relay.ts';

/** Loses sight of a connection to the origin now and then, as a race between two handlers does. */
export default defineMutant('forgets-every-tenth', { 'close/leak': 'end-not-propagated' }, () => {
  let gone = 0;
  return {
    clientEnded: (ending, { origin }) => {
      if (++gone % 10 !== 0) endAs(origin, ending);
    },
  };
});
