import { defineMutant } from './mutant.ts';

/** Begins to speak HTTP/2 without having asked whether the origin knows it. */
export default defineMutant(
  'speaks-http2-upstream',
  { 'handshake/upgrade': 'http2-upstream' },
  {
    request: (head, { origin }) => {
      origin.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'));
      return head;
    },
  },
);
