import { defineMutant } from './mutant.ts';

/** The beginning of a record with a ClientHello (RFC 8446 §5.1). */
const CLIENT_HELLO = Buffer.from('160301020001', 'hex');

/** Speaks TLS to a port that knows none. */
export default defineMutant(
  'speaks-tls-upstream',
  { 'handshake/upgrade': 'tls-upstream' },
  {
    request: (head, { origin }) => {
      origin.write(CLIENT_HELLO);
      return head;
    },
  },
);
