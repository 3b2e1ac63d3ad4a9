import { defineMutant, withField } from './mutant.ts';

/** A `map` that makes Connection of the client's Upgrade, as it stands in half of all configurations. */
export default defineMutant(
  'takes-upgrade-for-enough',
  { 'handshake/upgrade-without-connection': 'upgrade-invented' },
  { request: (head) => (head.has('upgrade') ? withField(head, 'Connection', 'upgrade') : head) },
);
