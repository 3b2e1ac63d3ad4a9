import { defineMutant } from './mutant.ts';

/** Puts another word in place of one, in whatever it takes for a page. */
export default defineMutant(
  'edits-answers',
  { 'fallback/polling-upgrade': 'answer-body-changed' },
  {
    down: (chunk, pass, { request }) =>
      pass(
        request.has('upgrade')
          ? chunk
          : Buffer.from(chunk.toString('latin1').replaceAll('polling', 'calling'), 'latin1'),
      ),
  },
);
