import { defineMutant, withField, without } from './mutant.ts';

/** Takes away a fixed list of fields, and does not read what Connection names. */
export default defineMutant(
  'minds-only-known-hops',
  { 'headers/connection-options': 'connection-options-ignored' },
  { request: (head) => withField(without(head, 'keep-alive', 'proxy-connection', 'te'), 'Via', '1.1 mutant') },
);
