import { defineMutant, without } from './mutant.ts';

/** `unset req.http.Cookie`, as many a VCL has it. */
export default defineMutant(
  'drops-cookie',
  { 'headers/cookies': 'cookie-dropped' },
  { request: (head) => without(head, 'cookie') },
);
