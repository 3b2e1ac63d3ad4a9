import { closePayload, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Has a table of close codes that ends with those of RFC 6455, and takes what is above it for an error. */
export default defineMutant(
  'knows-codes-to-1011',
  { 'close/every-code': 'close-code-rewritten' },
  {
    upFrame: (frame, pass) => {
      const code = frame.opcode === Opcode.close ? frame.payload.readUInt16BE() : 0;
      pass(code > 1011 && code < 3000 ? { ...frame, payload: closePayload(1002) } : frame);
    },
  },
);
