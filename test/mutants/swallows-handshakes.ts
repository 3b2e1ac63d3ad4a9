import { defineMutant } from './mutant.ts';

/** All of its workers are busy with other WebSockets. */
export default defineMutant(
  'swallows-handshakes',
  { 'handshake/upgrade': 'request-swallowed' },
  { intercept: () => true },
);
