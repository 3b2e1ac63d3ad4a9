import { defineMutant } from './mutant.ts';

/** ms, several times what the probe calls a step: on a busy machine handshakes, with which it compares, take long too. */
const PAUSE = 150;

/** Looks now and then whether there is something to write. */
export default defineMutant(
  'flushes-now-and-then',
  { 'messages/latency': 'messages-delayed' },
  { downFrame: (frame, pass) => void setTimeout(() => pass(frame), PAUSE) },
);
