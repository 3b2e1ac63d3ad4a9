import { defineMutant } from './mutant.ts';
import { endAs } from './relay.ts';

/** Tunnels the end of a connection as it tunnels bytes. */
export default defineMutant(
  'hangs-up-with-the-origin',
  { 'rejection/origin-drops': 'drop-not-answered' },
  { originEnded: (ending, { client }) => endAs(client, ending) },
);
