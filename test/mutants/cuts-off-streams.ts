import { defineMutant, perPair } from './mutant.ts';

/** Has a limit for an answer that goes on and on. */
export default defineMutant(
  'cuts-off-streams',
  { 'fallback/server-sent-events': 'response-cut-off', 'fallback/streamed-response': 'response-cut-off' },
  () => {
    const memory = perPair(() => ({ pieces: 0 }));
    return {
      down: (bytes, pass, pair) => {
        pass(bytes);
        if (++memory(pair).pieces < 2) return;
        pair.client.finish();
        pair.origin.reset();
      },
    };
  },
);
