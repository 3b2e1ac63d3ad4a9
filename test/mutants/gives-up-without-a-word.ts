import { defineMutant } from './mutant.ts';

/** Gives the origin less than half a second, and ends the connection. */
export default defineMutant(
  'gives-up-without-a-word',
  { 'rejection/silent-origin': 'origin-not-awaited', 'rejection/silent-origin-70s': 'origin-not-awaited' },
  {
    request: (head, pair) => {
      const giveUp = (): void => {
        if (!pair.response) pair.client.finish();
      };
      pair.origin.stream.once('connect', () => setTimeout(giveUp, 400));
      return head;
    },
  },
);
