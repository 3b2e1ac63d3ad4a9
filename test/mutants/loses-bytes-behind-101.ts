import { endOfHead } from '../../src/wire/head.ts';
import { defineMutant } from './mutant.ts';

/** Throws away what its buffer holds behind the 101: each third time, since it depends on where a read ends. */
export default defineMutant('loses-bytes-behind-101', { 'handshake/first-frame-with-101': 'first-bytes-lost' }, () => {
  let handshakes = 0;
  return {
    answer: (bytes, { client }) => {
      handshakes++;
      client.write(handshakes % 3 === 0 ? bytes.subarray(0, endOfHead(bytes)) : bytes);
    },
  };
});
