import { endOfHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';

/** Writes the 101 and throws away what came with it. */
export default defineMutant(
  'forgets-bytes-behind-101',
  { 'legacy/hixie-76': 'first-bytes-lost' },
  { answer: (bytes, { client }) => void client.write(bytes.subarray(0, endOfHead(bytes))) },
);
