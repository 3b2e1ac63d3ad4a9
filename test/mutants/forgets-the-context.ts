import { deflateMessage, inflateMessage } from '../../src/wire/deflate.ts';
import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** Reads each compressed message as if it stood alone, and says that it cannot (RFC 6455 §7.4.1: 1007). */
export default defineMutant(
  'forgets-the-context',
  { 'messages/compressed': 'compression-context-lost' },
  {
    upFrame: (frame, pass, { client, origin }) => {
      try {
        const alone = frame.fin && frame.rsv === 4;
        pass(alone ? { ...frame, payload: deflateMessage(inflateMessage(frame.payload, 65_536)) } : frame);
      } catch {
        client.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1007) }));
        client.finish();
        origin.finish();
      }
    },
  },
);
