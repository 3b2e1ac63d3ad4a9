import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';

/** The Nagle algorithm, and a client that delays its acknowledgements: the second of two small writes waits. */
export default defineMutant(
  'waits-for-acknowledgements',
  { 'messages/latency': 'small-writes-delayed' },
  {
    downFrame: (frame, pass) => {
      if (frame.opcode === Opcode.continuation) setTimeout(() => pass(frame), 40);
      else pass(frame);
    },
  },
);
