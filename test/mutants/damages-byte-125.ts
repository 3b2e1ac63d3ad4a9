import { defineMutant } from './mutant.ts';

/** Counts the extended length with the payload, and writes over the byte behind the first 125. */
export default defineMutant(
  'damages-byte-125',
  { 'messages/sizes': 'messages-altered' },
  {
    upFrame: (frame, pass) => {
      if (frame.payload.length > 125) frame.payload[125]! ^= 0xff;
      pass(frame);
    },
  },
);
