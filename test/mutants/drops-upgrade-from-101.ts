import { defineMutant, without } from './mutant.ts';

/** Takes Upgrade for hop-by-hop on the way back as well, and writes none of its own. */
export default defineMutant(
  'drops-upgrade-from-101',
  { 'handshake/upgrade': 'switch-headers-dropped' },
  { response: (head) => without(head, 'upgrade') },
);
