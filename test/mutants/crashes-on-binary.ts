import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Has a handler for text, and none for anything else. */
export default defineMutant(
  'crashes-on-binary',
  { 'messages/binary': 'connection-cut-on-data' },
  {
    upFrame: (frame, pass, { client, origin }) => {
      if (frame.opcode !== Opcode.binary) return pass(frame);
      client.reset();
      origin.reset();
    },
  },
);
