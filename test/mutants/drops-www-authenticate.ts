import { defineMutant, without } from './mutant.ts';

/** Takes authentication for a matter between itself and the client. */
export default defineMutant(
  'drops-www-authenticate',
  { 'rejection/status': 'refusal-fields-dropped' },
  { response: (head) => without(head, 'www-authenticate') },
);
