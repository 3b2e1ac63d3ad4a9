import { defineMutant, without } from './mutant.ts';

/** Drops Transfer-Encoding as hop-by-hop and leaves the sizes of the chunks in the body. */
export default defineMutant(
  'forgets-chunked',
  { 'rejection/chunked-refusal': 'refusal-chunks-exposed' },
  {
    response: (head) => without(head, 'transfer-encoding'),
    down: (chunk, pass, { client, response }) => {
      pass(chunk);
      if (response!.status !== 101 && chunk.includes('0\r\n\r\n')) client.finish();
    },
  },
);
