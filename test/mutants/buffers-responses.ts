import { defineMutant } from './mutant.ts';

const LAST_CHUNK = '0\r\n\r\n';

/** Waits for the end of each answer in chunks, as a cache or a compressing filter does. */
export default defineMutant(
  'buffers-responses',
  { 'fallback/server-sent-events': 'response-buffered', 'fallback/streamed-response': 'response-buffered' },
  () => {
    const held = new WeakMap<object, Buffer>();
    return {
      down: (chunk, pass, pair) => {
        const all = Buffer.concat([held.get(pair) ?? Buffer.alloc(0), chunk]);
        held.set(pair, all);
        if (all.includes(LAST_CHUNK)) pass(all);
      },
    };
  },
);
