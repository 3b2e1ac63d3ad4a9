import { defineMutant } from './mutant.ts';

/** Knows frames and no extensions: writes the reserved bits as 0, and the client takes compressed bytes for the message. */
export default defineMutant(
  'clears-rsv1',
  { 'headers/extensions': 'compression-flag-cleared' },
  { downFrame: (frame, pass) => pass({ ...frame, rsv: 0 }) },
);
