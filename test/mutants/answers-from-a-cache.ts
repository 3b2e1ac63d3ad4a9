import { defineMutant, withFields } from './mutant.ts';

/** Gives the accept value of the first handshake to everybody. */
export default defineMutant(
  'answers-from-a-cache',
  { 'handshake/upgrade': 'accept-rewritten' },
  {
    response: (head) =>
      withFields(head, (fields) =>
        fields.map(([name, value]) => [name, name === 'Sec-WebSocket-Accept' ? 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' : value]),
      ),
  },
);
