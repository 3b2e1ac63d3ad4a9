import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import type { Report } from '../../src/report/document.ts';
import { relay } from '../mutants/relay.ts';
import { wsproof } from './spawn.ts';

const UPGRADE = ['--probe', 'handshake/upgrade', '--timeout', '1s'];

/** An application of somebody else's, by what it does with a request for a WebSocket. */
async function application(
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Promise<Server> {
  const server = createServer((_, response) => void response.end('hello'));
  if (upgrade) server.on('upgrade', upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const answers = (head: string) => (_: IncomingMessage, socket: Duplex) =>
  void socket.end(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);

describe('an address', { concurrency: 4 }, () => {
  const refusals = [
    ['credentials-wanted', answers('401 Unauthorized')],
    ['handshake-forbidden', answers('403 Forbidden')],
    ['sent-elsewhere', answers('301 Moved Permanently\r\nLocation: https://elsewhere.example/')],
    ['application-unavailable', answers('502 Bad Gateway')],
    ['handshake-not-taken', undefined],
    ['hung-up-on', (_: IncomingMessage, socket: Duplex) => void socket.end()],
  ] as const;
  for (const [symptom, upgrade] of refusals) {
    it(`where no WebSocket opens is told why: ${symptom}`, async () => {
      const server = await application(upgrade);
      try {
        const { code, stdout } = await wsproof(['probe', `ws://127.0.0.1:${portOf(server)}/chat`, ...UPGRADE]);
        assert.equal(code, 1, stdout);
        assert.match(stdout, new RegExp(`cause {5}[^]*\\(${symptom}\\)\n {2}fix {7}[A-Z]`));
      } finally {
        server.close();
      }
    });
  }

  it('that wants credentials gets those of --header, and no report tells them', async () => {
    const sockets = new WebSocketServer({ noServer: true });
    const server = await application((request, socket, head) => {
      if (request.headers.cookie !== 'session=opensesame') return answers('401 Unauthorized')(request, socket);
      sockets.handleUpgrade(request, socket, head, () => {});
    });
    try {
      const address = `ws://127.0.0.1:${portOf(server)}/`;
      const ask = (cookie: string) =>
        wsproof(['probe', address, '--header', `Cookie: ${cookie}`, '--json', ...UPGRADE]);
      const admitted = await ask('session=opensesame');
      assert.equal(admitted.code, 0, admitted.stdout);
      assert.doesNotMatch(admitted.stdout, /opensesame/);
      const refused = await ask('session=opensesamo');
      assert.equal(refused.code, 1);
      assert.doesNotMatch(refused.stdout, /opensesamo/);
      const [cell] = (JSON.parse(refused.stdout) as Report).cells;
      assert.match(cell!.reproduce!, / --header 'Cookie: …' --probe /);
    } finally {
      server.close();
      for (const client of sockets.clients) client.terminate();
    }
  });

  it('is probed from both ends when its origin is started here', async () => {
    const reserved = await application();
    const port = portOf(reserved);
    await new Promise((resolve) => reserved.close(resolve));
    const deployed = await relay('deployed').start({ origin: { host: '127.0.0.1', port }, variant: 'websocket' });
    try {
      const address = `ws://127.0.0.1:${deployed.ports.ws}/app`;
      const { code, stdout } = await wsproof(['probe', address, '--origin', `local:${port}`, ...UPGRADE]);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /✓ pass {2}handshake\/upgrade/);
    } finally {
      await deployed.close();
    }
  });
});
