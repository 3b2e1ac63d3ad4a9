import { endOfHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';

/** Reads the 101 into a buffer from a pool, and writes behind it what another connection has left there. */
export default defineMutant(
  'gives-old-bytes-behind-101',
  { 'handshake/first-frame-with-101': 'first-bytes-mixed-up' },
  () => {
    let old: Buffer | undefined;
    return {
      answer: (bytes, { client }) => {
        const end = endOfHead(bytes);
        old ??= Buffer.from(bytes.subarray(end));
        client.write(Buffer.concat([bytes.subarray(0, end), old]));
      },
    };
  },
);
