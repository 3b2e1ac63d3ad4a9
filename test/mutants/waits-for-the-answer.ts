import { defineMutant } from './mutant.ts';
import { endAs } from './relay.ts';

/** Looks after the client only when the origin has answered. */
export default defineMutant(
  'waits-for-the-answer',
  { 'close/abort-before-101': 'abort-not-propagated' },
  {
    clientEnded: (ending, { origin, response }) => {
      if (response) endAs(origin, ending);
    },
  },
);
