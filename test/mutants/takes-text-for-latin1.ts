import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Reads text as ISO 8859-1 and writes it as UTF-8: whatever is not ASCII doubles. */
export default defineMutant(
  'takes-text-for-latin1',
  { 'messages/text': 'messages-altered' },
  {
    downFrame: (frame, pass) => {
      const text = frame.opcode === Opcode.text;
      pass(text ? { ...frame, payload: Buffer.from(frame.payload.toString('latin1')) } : frame);
    },
  },
);
