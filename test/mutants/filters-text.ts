import { defineMutant } from './mutant.ts';

/** Takes what is written for an attack. */
export default defineMutant(
  'filters-text',
  { 'messages/text': 'connection-cut-on-data' },
  {
    upFrame: (frame, pass, { client, origin }) => {
      if (!frame.payload.includes('<script>')) return pass(frame);
      client.reset();
      origin.reset();
    },
  },
);
