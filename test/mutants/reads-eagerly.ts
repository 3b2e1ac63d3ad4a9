import { defineMutant } from './mutant.ts';

/** Takes whatever comes, and lets it pile up when nobody reads it. */
export default defineMutant(
  'reads-eagerly',
  {
    'backpressure/slow-client': 'buffers-without-limit',
    'backpressure/slow-origin': 'buffers-without-limit',
    'backpressure/memory': 'buffers-without-limit',
  },
  {
    up: (chunk, _, { origin }) => void origin.write(chunk),
    down: (chunk, _, { client }) => void client.write(chunk),
  },
);
