import { defineMutant } from './mutant.ts';

/** Has taken the connection from its HTTP server for the upgrade, and does not give it back when there is none. */
export default defineMutant(
  'leaves-connections-hanging',
  { 'rejection/reuse': 'connection-left-hanging' },
  {
    answer: (bytes, { client, response }) => {
      client.write(bytes);
      if (response!.status !== 101) client.redirect({ onData: () => {} });
    },
  },
);
