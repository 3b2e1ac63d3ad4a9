import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Takes a close frame for its own, and ends both connections. */
export default defineMutant(
  'drops-close-frames',
  {
    'close/client-code': 'close-frame-dropped',
    'close/origin-code': 'close-frame-dropped',
    'close/last-data': 'close-frame-dropped',
    'close/last-data-of-client': 'close-frame-dropped',
  },
  () => {
    const drop: NonNullable<Meddling['upFrame']> = (frame, pass, { client, origin }) => {
      if (frame.opcode !== Opcode.close) return pass(frame);
      client.finish();
      origin.finish();
    };
    return { upFrame: drop, downFrame: drop };
  },
);
