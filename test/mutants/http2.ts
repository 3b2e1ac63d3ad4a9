import { once } from 'node:events';
import { createSecureServer, type Settings } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';

/** A server that speaks HTTP/2 with these settings, and has one answer for everything. */
export function helpless(name: string, settings: Settings, status: number): ModuleProxy {
  return {
    name,
    async start() {
      const server = createSecureServer({ ...makeCertificates(['127.0.0.1']).server, settings });
      server.on('stream', (stream) => {
        stream.on('error', () => {});
        stream.respond({ ':status': status }, { endStream: true });
      });
      const sessions = new Set<{ destroy(): void }>();
      server.on('session', (session) => {
        sessions.add(session);
        session.once('close', () => sessions.delete(session));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return {
        ports: { h2: (server.address() as AddressInfo).port },
        async close() {
          for (const session of sessions) session.destroy();
          server.close();
          await once(server, 'close');
        },
      };
    },
  };
}
