import { defineMutant } from './mutant.ts';

/** Is still writing when the origin goes, and ends the client's side at once. */
export default defineMutant(
  'forgets-what-it-holds',
  { 'close/last-data': 'last-data-lost' },
  {
    down: (chunk, pass) => void setTimeout(() => pass(chunk), 100),
    originEnded: (_, { client }) => client.reset(),
  },
);
