import { defineMutant } from './mutant.ts';

/** Keeps the first answer to a GET for ever, whatever its query and whatever it says of caching. */
export default defineMutant('answers-polls-from-a-cache', { 'fallback/polling-upgrade': 'answer-from-cache' }, () => {
  let cached: Buffer | undefined;
  const plainGet = (head: { method: string; has(name: string): boolean }): boolean =>
    head.method === 'GET' && !head.has('upgrade');
  return {
    intercept: (request, client) => {
      if (!cached || !plainGet(request)) return false;
      client.write(cached);
      return true;
    },
    answer: (bytes, { client, request }) => {
      if (plainGet(request)) cached ??= bytes;
      client.write(bytes);
    },
  };
});
