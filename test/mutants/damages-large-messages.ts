import { defineMutant } from './mutant.ts';

/** Writes a buffer of 1 MiB again from its beginning when it comes round. */
export default defineMutant(
  'damages-large-messages',
  { 'messages/large': 'messages-altered' },
  {
    upFrame: (frame, pass) => {
      if (frame.payload.length > 1_000_000) frame.payload[1_000_000]! ^= 0xff;
      pass(frame);
    },
  },
);
