import { closePayload, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Tells both sides 1011 whatever the other one said. */
export default defineMutant(
  'rewrites-close-codes',
  { 'close/client-code': 'close-code-rewritten', 'close/origin-code': 'close-code-rewritten' },
  () => {
    const rewrite: NonNullable<Meddling['upFrame']> = (frame, pass) =>
      pass(frame.opcode === Opcode.close ? { ...frame, payload: closePayload(1011) } : frame);
    return { upFrame: rewrite, downFrame: rewrite };
  },
);
