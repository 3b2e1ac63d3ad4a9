import { defineMutant } from './mutant.ts';

/** Has passed a request and its answer on: for it the exchange is over, and the connection closed. */
export default defineMutant(
  'takes-the-101-for-the-end',
  { 'messages/text': 'cut-behind-101' },
  {
    answer: (bytes, { client, origin }) => {
      client.write(bytes);
      client.finish();
      origin.finish();
    },
  },
);
