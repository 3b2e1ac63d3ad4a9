import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Passes the first and the last frame of a message on, and none between them. */
export default defineMutant(
  'skips-continuations',
  { 'messages/fragments': 'messages-altered' },
  {
    downFrame: (frame, pass) => {
      if (frame.fin || frame.opcode !== Opcode.continuation) pass(frame);
    },
  },
);
