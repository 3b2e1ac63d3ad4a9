import { defineMutant } from './mutant.ts';

/** Writes only when there is something to write. */
export default defineMutant(
  'drops-empty-messages',
  { 'messages/sizes': 'messages-lost' },
  {
    upFrame: (frame, pass) => {
      if (frame.payload.length > 0) pass(frame);
    },
  },
);
