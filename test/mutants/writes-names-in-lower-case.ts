import { defineMutant, withFields } from './mutant.ts';

/** Keeps names as HTTP/2 has them (RFC 9113 §8.2.1). */
export default defineMutant(
  'writes-names-in-lower-case',
  { 'headers/name-case': 'names-recased' },
  { request: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])) },
);
