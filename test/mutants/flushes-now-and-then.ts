import { defineMutant } from './mutant.ts';

/** Looks 25 times a second whether there is something to write. */
export default defineMutant(
  'flushes-now-and-then',
  { 'messages/latency': 'messages-delayed' },
  { downFrame: (frame, pass) => void setTimeout(() => pass(frame), 40) },
);
