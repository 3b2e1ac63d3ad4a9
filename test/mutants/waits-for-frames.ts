import { defineMutant } from './mutant.ts';

/** Passes whole frames of RFC 6455 on, and takes whatever comes for the beginning of one. */
export default defineMutant(
  'waits-for-frames',
  { 'legacy/hixie-75': 'old-frames-withheld' },
  { upFrame: (frame, pass) => pass(frame) },
);
