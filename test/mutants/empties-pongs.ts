import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Answers are answers: passes pongs on without what is in them. */
export default defineMutant(
  'empties-pongs',
  { 'control/client-ping': 'ping-payload-altered', 'control/server-ping': 'ping-payload-altered' },
  () => {
    const empty: NonNullable<Meddling['upFrame']> = (frame, pass) =>
      pass(frame.opcode === Opcode.pong ? { ...frame, payload: Buffer.alloc(0) } : frame);
    return { upFrame: empty, downFrame: empty };
  },
);
