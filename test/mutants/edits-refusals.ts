import { defineMutant } from './mutant.ts';

/** A filter that takes words out of bodies. */
export default defineMutant(
  'edits-refusals',
  { 'rejection/status': 'refusal-body-changed' },
  {
    down: (chunk, pass, { response }) =>
      pass(response!.status === 101 ? chunk : Buffer.from(chunk.toString().replace('ticket', '******'))),
  },
);
