import { defineMutant } from './mutant.ts';

/** Tells the origin of the client in words of another protocol, before the request. */
export default defineMutant(
  'sends-a-proxy-header',
  { 'handshake/upgrade': 'proxy-protocol-upstream' },
  {
    request: (head, { origin }) => {
      origin.write(Buffer.from('PROXY TCP4 192.0.2.1 192.0.2.2 56324 80\r\n'));
      return head;
    },
  },
);
