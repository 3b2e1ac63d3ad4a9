import type { Frame } from '../../src/wire/frame.ts';
import { defineMutant, perPair } from './mutant.ts';

/** Hands messages to two workers in turn: the tenth is done only when the eleventh is. */
export default defineMutant('has-two-queues', { 'messages/burst-order': 'messages-reordered' }, () => {
  const queue = perPair(() => ({ messages: 0, late: [] as Frame[] }));
  return {
    downFrame: (frame, pass, pair) => {
      const state = queue(pair);
      if (++state.messages === 10) return void state.late.push(frame);
      pass(frame);
      for (const late of state.late.splice(0)) pass(late);
    },
  };
});
