import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant, perPair } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Puts a number of its own into pings, and what was there back into their pongs. */
export default defineMutant(
  'numbers-pings',
  { 'control/client-ping': 'ping-payload-altered', 'control/server-ping': 'ping-payload-altered' },
  () => {
    const pinged = perPair(() => [] as Buffer[]);
    const number: NonNullable<Meddling['upFrame']> = (frame, pass, pair) => {
      if (frame.opcode === Opcode.ping)
        return pass({ ...frame, payload: Buffer.from([pinged(pair).push(frame.payload)]) });
      pass(frame.opcode === Opcode.pong ? { ...frame, payload: pinged(pair)[frame.payload[0]! - 1]! } : frame);
    };
    return { upFrame: number, downFrame: number };
  },
);
