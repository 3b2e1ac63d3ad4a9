import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Collects whole messages, and has room for 2 MiB. */
export default defineMutant(
  'takes-2-mib',
  { 'messages/size-limit': 'message-too-big' },
  {
    downFrame: (frame, pass, { client, origin }) => {
      if (frame.payload.length <= 2 * 1024 * 1024) return pass(frame);
      client.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1009, 'too big') }));
      client.finish();
      origin.finish();
    },
  },
);
