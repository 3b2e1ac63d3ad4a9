import { defineMutant, withField } from './mutant.ts';

/** Takes the parameters out of the offer. */
export default defineMutant(
  'edits-offered-extensions',
  { 'headers/extensions': 'extensions-changed' },
  { request: (head) => withField(head, 'Sec-WebSocket-Extensions', 'permessage-deflate') },
);
