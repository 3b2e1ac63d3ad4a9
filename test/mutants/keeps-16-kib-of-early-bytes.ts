import { defineMutant, perPair } from './mutant.ts';

const ROOM = 16 * 1024;

/** What comes before the 101 has to fit into a buffer. */
export default defineMutant('keeps-16-kib-of-early-bytes', { 'handshake/early-64-kib': 'early-bytes-lost' }, () => {
  const kept = perPair(() => ({ bytes: 0 }));
  return {
    up: (chunk, pass, pair) => {
      const room = pair.response ? chunk.length : Math.max(0, ROOM - kept(pair).bytes);
      kept(pair).bytes += chunk.length;
      pass(chunk.subarray(0, room));
    },
  };
});
