import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Takes pings for its own, and has no answer to them. */
export default defineMutant(
  'swallows-pings',
  { 'control/client-ping': 'pings-swallowed', 'control/server-ping': 'pings-swallowed' },
  () => {
    const dropPings: NonNullable<Meddling['upFrame']> = (frame, pass) => {
      if (frame.opcode !== Opcode.ping) pass(frame);
    };
    return { upFrame: dropPings, downFrame: dropPings };
  },
);
