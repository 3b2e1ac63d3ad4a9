import { now } from '../../src/wire/clock.ts';
import { defineMutant, perPair } from './mutant.ts';

/** Has a second for a whole exchange, and ends the connection when an answer comes later. */
export default defineMutant(
  'drops-late-answers',
  { 'handshake/late-101': 'late-answer-withheld', 'fallback/long-poll': 'late-answer-withheld' },
  () => {
    const began = perPair(() => now());
    return {
      request: (head, pair) => {
        began(pair);
        return head;
      },
      answer: (bytes, pair) => {
        if (now() - began(pair) > 1000) pair.client.finish();
        else pair.client.write(bytes);
      },
    };
  },
);
