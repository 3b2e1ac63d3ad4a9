import { closePayload, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Passes the close frame of the client on, and takes the answer for a mere confirmation. */
export default defineMutant(
  'confirms-with-1000',
  { 'close/client-code': 'close-code-rewritten' },
  {
    downFrame: (frame, pass) => pass(frame.opcode === Opcode.close ? { ...frame, payload: closePayload(1000) } : frame),
  },
);
