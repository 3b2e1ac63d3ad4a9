import { defineMutant } from './mutant.ts';

/** Bytes behind a head without a length are the next request, and that waits until this one is answered. */
export default defineMutant('takes-them-for-the-next-request', { 'legacy/hixie-76': 'key-bytes-held' }, () => {
  const waiting = new WeakMap<object, Buffer[]>();
  return {
    up: (chunk, pass, pair) => {
      if (pair.response) return pass(chunk);
      waiting.set(pair, [...(waiting.get(pair) ?? []), chunk]);
    },
    response: (head, pair) => {
      for (const chunk of waiting.get(pair) ?? []) pair.origin.write(chunk);
      return head;
    },
  };
});
