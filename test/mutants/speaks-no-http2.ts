import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { defineMutant } from './mutant.ts';

/** TLS ends at something that knows HTTP/1.1 alone. */
export default defineMutant(
  'speaks-no-http2',
  { 'handshake/upgrade': 'h2-not-spoken' },
  {
    name: 'speaks-no-http2',
    async start() {
      const { server: certificate } = makeCertificates(['127.0.0.1']);
      const server = createServer({ ...certificate, ALPNProtocols: ['http/1.1'] }, (socket) => {
        socket.on('error', () => {});
        socket.resume();
        socket.end();
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return {
        ports: { h2: (server.address() as AddressInfo).port },
        async close() {
          server.close();
          await once(server, 'close');
        },
      };
    },
  },
);
