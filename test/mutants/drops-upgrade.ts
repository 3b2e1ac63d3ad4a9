import { defineMutant, without } from './mutant.ts';

/** What nginx and most others do unless told otherwise: hop-by-hop fields end here (RFC 9110 §7.6.1). */
export default defineMutant(
  'drops-upgrade',
  { 'handshake/upgrade': 'upgrade-headers-dropped' },
  { request: (head) => without(head, 'connection', 'upgrade') },
);
