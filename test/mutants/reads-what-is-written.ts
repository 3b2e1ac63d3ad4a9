import { isUtf8 } from 'node:buffer';
import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Makes a string of each text, and closes with 1007 over one that is none. */
export default defineMutant(
  'reads-what-is-written',
  { 'messages/invalid-utf8': 'rules-enforced' },
  {
    upFrame: (frame, pass, { client, origin }) => {
      if (frame.opcode !== Opcode.text || isUtf8(frame.payload)) return pass(frame);
      client.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1007) }));
      client.finish();
      origin.finish();
    },
  },
);
