import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Gives the origin less than half a second to answer. */
export default defineMutant(
  'waits-too-short',
  {
    'handshake/late-101': 'origin-not-awaited',
    'handshake/slow-origin': 'origin-not-awaited',
    'fallback/long-poll': 'origin-not-awaited',
    'fallback/long-poll-25s': 'origin-not-awaited',
  },
  {
    request: (head, pair) => {
      const giveUp = (): void => {
        if (!pair.response) answerItself(pair.client, '504 Gateway Timeout');
      };
      pair.origin.stream.once('connect', () => setTimeout(giveUp, 400));
      return head;
    },
  },
);
