import { deflateMessage, inflateMessage } from '../../src/wire/deflate.ts';
import { defineMutant } from './mutant.ts';

/** Inflates messages to look inside, and passes on what it has looked at: the first 1000 bytes. */
export default defineMutant(
  'looks-inside',
  { 'messages/compressed': 'messages-altered' },
  {
    upFrame: (frame, pass) => {
      const alone = frame.fin && frame.rsv === 4;
      pass(
        alone ? { ...frame, payload: deflateMessage(inflateMessage(frame.payload, 65_536).subarray(0, 1000)) } : frame,
      );
    },
  },
);
