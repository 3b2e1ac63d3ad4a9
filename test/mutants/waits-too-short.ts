import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Gives the origin a fifth of a second to answer. */
export default defineMutant(
  'waits-too-short',
  { 'handshake/late-101': 'origin-not-awaited' },
  {
    request: (head, pair) => {
      setTimeout(() => {
        if (!pair.response) answerItself(pair.client, '504 Gateway Timeout');
      }, 200);
      return head;
    },
  },
);
