import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Knows messages as bytes and no more: what was text reaches JavaScript as a Blob. */
export default defineMutant(
  'sends-text-as-binary',
  { 'messages/text': 'messages-altered' },
  {
    downFrame: (frame, pass) => pass(frame.opcode === Opcode.text ? { ...frame, opcode: Opcode.binary } : frame),
  },
);
