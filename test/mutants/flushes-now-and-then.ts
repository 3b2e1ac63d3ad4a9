import { defineMutant } from './mutant.ts';

/** Writes what it has 20 times a second. */
export default defineMutant(
  'flushes-now-and-then',
  { 'messages/latency': 'messages-delayed' },
  { downFrame: (frame, pass) => void setTimeout(() => pass(frame), 50) },
);
