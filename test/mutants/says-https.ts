import { defineMutant, withField } from './mutant.ts';

/** `X-Forwarded-Proto https` in a place that serves both. */
export default defineMutant(
  'says-https',
  { 'headers/forwarding-fields': 'forwarding-field-wrong' },
  { request: (head) => withField(head, 'X-Forwarded-Proto', 'https') },
);
