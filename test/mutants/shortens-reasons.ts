import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Has room for a code and 32 bytes of reason. */
export default defineMutant(
  'shortens-reasons',
  { 'close/client-code': 'close-reason-rewritten', 'close/origin-code': 'close-reason-rewritten' },
  () => {
    const shorten: NonNullable<Meddling['upFrame']> = (frame, pass) =>
      pass(frame.opcode === Opcode.close ? { ...frame, payload: frame.payload.subarray(0, 34) } : frame);
    return { upFrame: shorten, downFrame: shorten };
  },
);
