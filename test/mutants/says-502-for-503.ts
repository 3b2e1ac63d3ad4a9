import { defineMutant, withStart } from './mutant.ts';

/** Maps what the origin says of its own health. */
export default defineMutant(
  'says-502-for-503',
  { 'rejection/status': 'refusal-status-changed' },
  { response: (head) => withStart(head, head.start.replace('503 Service Unavailable', '502 Bad Gateway')) },
);
