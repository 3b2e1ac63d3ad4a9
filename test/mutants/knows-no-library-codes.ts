import { closePayload, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Lets applications have their codes from 4000 on, and tells clients of no others than its own. */
export default defineMutant(
  'knows-no-library-codes',
  { 'close/every-code': 'close-code-rewritten' },
  {
    downFrame: (frame, pass) => {
      const code = frame.opcode === Opcode.close ? frame.payload.readUInt16BE() : 0;
      pass(code >= 3000 && code < 4000 ? { ...frame, payload: closePayload(1000) } : frame);
    },
  },
);
