import { defineMutant, withFields } from './mutant.ts';

/** `proxy_set_header Connection upgrade` in a place that serves plain requests as well. */
export default defineMutant(
  'always-says-upgrade',
  { 'handshake/plain-request': 'connection-always-upgrade' },
  {
    request: (head) =>
      withFields(head, (fields) => [
        ...fields.filter(([name]) => name.toLowerCase() !== 'connection'),
        ['Connection', 'upgrade'],
      ]),
  },
);
