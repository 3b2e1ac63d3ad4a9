import { defineMutant, without } from './mutant.ts';

/** Passes the offer on and keeps the answer: the origin compresses, and the client does not know. */
export default defineMutant(
  'drops-agreed-extensions',
  { 'headers/extensions': 'extensions-dropped' },
  { response: (head) => without(head, 'sec-websocket-extensions') },
);
