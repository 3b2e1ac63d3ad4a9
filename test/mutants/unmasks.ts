import { defineMutant } from './mutant.ts';

/** Ends the WebSocket of the client, and speaks to the origin as if it were a server (RFC 6455 §5.1). */
export default defineMutant(
  'unmasks',
  { 'messages/masking': 'masking-changed' },
  { upFrame: (frame, pass) => pass({ ...frame, mask: undefined }) },
);
