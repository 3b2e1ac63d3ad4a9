import { defineMutant } from './mutant.ts';

/** Is still writing when the client goes, and ends the origin's side at once. */
export default defineMutant(
  'forgets-what-it-holds-of-the-client',
  { 'close/last-data-of-client': 'last-data-lost' },
  {
    up: (chunk, pass) => void setTimeout(() => pass(chunk), 100),
    clientEnded: (_, { origin }) => origin.reset(),
  },
);
