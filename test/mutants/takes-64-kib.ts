import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Collects whole messages and has room for 64 KiB: says so with 1009 (RFC 6455 §7.4.1), and closes. */
export default defineMutant(
  'takes-64-kib',
  { 'messages/large': 'message-too-big' },
  {
    upFrame: (frame, pass, { client, origin }) => {
      if (frame.payload.length <= 65_536) return pass(frame);
      client.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1009, 'too big') }));
      client.finish();
      origin.finish();
    },
  },
);
