import { defineMutant, without } from './mutant.ts';

/** Takes Connection for hop-by-hop on the way back as well, and writes none of its own. */
export default defineMutant(
  'drops-connection-from-101',
  { 'handshake/upgrade': 'switch-headers-dropped' },
  { response: (head) => without(head, 'connection') },
);
