import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Has sent no ping itself, and so expects no pong. */
export default defineMutant(
  'swallows-pongs',
  { 'control/client-ping': 'pongs-swallowed', 'control/server-ping': 'pongs-swallowed' },
  () => {
    const dropPongs: NonNullable<Meddling['upFrame']> = (frame, pass) => {
      if (frame.opcode !== Opcode.pong) pass(frame);
    };
    return { upFrame: dropPongs, downFrame: dropPongs };
  },
);
