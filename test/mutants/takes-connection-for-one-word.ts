import { defineMutant, without } from './mutant.ts';

/** Knows an upgrade by `Connection: Upgrade` alone. */
export default defineMutant(
  'takes-connection-for-one-word',
  { 'handshake/connection-list': 'upgrade-headers-dropped' },
  {
    request: (head) =>
      head.get('connection')?.toLowerCase() === 'upgrade' ? head : without(head, 'connection', 'upgrade'),
  },
);
