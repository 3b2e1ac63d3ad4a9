import { defineMutant } from './mutant.ts';

/** http-proxy 1.18: the head says “chunked”, and the body comes without its chunks. */
export default defineMutant(
  'unwraps-chunks',
  { 'rejection/chunked-refusal': 'refusal-framing-broken' },
  {
    down: (chunk, pass, { response }) =>
      pass(response!.status === 101 ? chunk : Buffer.from(chunk.toString().replace(/(^|\r\n)[0-9a-f]+\r\n/g, ''))),
  },
);
