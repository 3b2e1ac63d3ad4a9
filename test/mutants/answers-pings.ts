import { encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { MASK } from './direction.ts';
import { defineMutant } from './mutant.ts';

/** Keeps both sides content by itself: a ping of either side gets its pong from here. */
export default defineMutant(
  'answers-pings',
  { 'control/client-ping': 'ping-answered-by-proxy', 'control/server-ping': 'ping-answered-by-proxy' },
  {
    upFrame: (frame, pass, { client }) => {
      if (frame.opcode !== Opcode.ping) return pass(frame);
      client.write(encodeFrame({ opcode: Opcode.pong, payload: frame.payload }));
    },
    downFrame: (frame, pass, { origin }) => {
      if (frame.opcode !== Opcode.ping) return pass(frame);
      origin.write(encodeFrame({ opcode: Opcode.pong, payload: frame.payload, mask: MASK }));
    },
  },
);
