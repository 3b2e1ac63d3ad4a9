import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { MASK } from './direction.ts';
import { defineMutant, perPair } from './mutant.ts';

/** Reloads, and tells both sides 1001: it writes close frames between those of the two ends. */
export default defineMutant('goes-away', { 'lifetime/busy': 'closed-by-proxy' }, () => {
  const counter = perPair(() => ({ messages: 0 }));
  return {
    downFrame: (frame, pass, pair) => {
      pass(frame);
      if (++counter(pair).messages !== 5) return;
      const goingAway = { opcode: Opcode.close, payload: closePayload(1001) };
      pass(goingAway);
      pair.origin.write(encodeFrame({ ...goingAway, mask: MASK }));
    },
  };
});
