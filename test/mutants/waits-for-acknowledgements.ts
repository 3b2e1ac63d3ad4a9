import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** ms that an acknowledgement may be delayed by: up to 500 (RFC 9293 §3.8.6.3). More than a busy machine hides. */
const DELAY = 150;

/** The Nagle algorithm, and a client that delays its acknowledgements: the second of two small writes waits. */
export default defineMutant(
  'waits-for-acknowledgements',
  { 'messages/latency': 'small-writes-delayed' },
  {
    downFrame: (frame, pass) => {
      if (frame.opcode === Opcode.continuation) setTimeout(() => pass(frame), DELAY);
      else pass(frame);
    },
  },
);
