import { defineMutant, without } from './mutant.ts';

/** `proxy_set_header Connection upgrade` without the line for Upgrade beside it. */
export default defineMutant(
  'drops-only-upgrade',
  { 'handshake/upgrade': 'upgrade-not-forwarded' },
  { request: (head) => without(head, 'upgrade') },
);
