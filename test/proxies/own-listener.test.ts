import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { after, describe, it } from 'node:test';
import { startOrigin } from '../../src/origin/server.ts';
import { lookedBelow, speaksTls } from '../../src/proxies/own/listener.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { acceptFor } from '../../src/wire/handshake.ts';
import { loopback } from '../proving.ts';

const { server } = makeCertificates(['localhost']);
const origin = await startOrigin({ tls: server });
const servers: Server[] = [];
after(async () => {
  await origin.close();
  for (const one of servers) one.close();
});

/** A proxy at this port, of which is asked what lies below a path. */
const at = (port: number, stop = async (): Promise<void> => {}) =>
  lookedBelow({
    endpoint: { ...loopback(port), base: '/ws' },
    log: async () => '',
    obituary: async () => undefined,
    stop,
  });

const alive = { signal: new AbortController().signal, obituary: async () => undefined };

/** A server that answers a request by this, once it has its head. */
async function answering(answer: (head: string) => string): Promise<number> {
  const made = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => socket.end(answer(head.toString('latin1'))));
  });
  servers.push(made.listen(0, '127.0.0.1'));
  await once(made, 'listening');
  return (made.address() as AddressInfo).port;
}

describe('a listener of which nothing is said', () => {
  it('speaks TLS when it answers so, and does not when the origin answers in plain text', async () => {
    assert.equal(await speaksTls(loopback(origin.tlsPort!), 'localhost', alive), true);
    assert.equal(await speaksTls(loopback(origin.port), 'localhost', alive), false);
  });

  it('is asked as its port is known for when it takes both', async () => {
    const { port } = await origin.listenAs('app:3000');
    assert.equal(await speaksTls(loopback(port), 'localhost', alive, 80), false);
    assert.equal(await speaksTls(loopback(port), 'localhost', alive, 443), true);
  });

  it('does not when it is never heard, and is given up when the proxy is gone', async () => {
    const port = await answering(() => '');
    servers.at(-1)!.close();
    assert.equal(await speaksTls(loopback(port), 'localhost', { ...alive, budget: 100 }), false);
    const dead = { ...alive, obituary: async () => 'exited with code 1' };
    await assert.rejects(speaksTls(loopback(port), 'localhost', dead), /exited with code 1/);
  });
});

describe('what lies below a path', () => {
  it('goes the same way where the path is a prefix', async () => {
    assert.equal((await at(origin.port)).endpoint.exact, undefined);
  });

  it('goes elsewhere where the path is matched exactly, and is not known where there is no answer', async () => {
    const upgraded = (head: string): string => {
      const key = /sec-websocket-key: (\S+)/i.exec(head)![1]!;
      const accept = acceptFor(key);
      return `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
    };
    const exact = (below: string) => answering((head) => (head.startsWith('GET /ws ') ? upgraded(head) : below));
    const not = await exact('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    assert.equal((await at(not)).endpoint.exact, true);
    const silent = await exact('');
    assert.equal((await at(silent)).endpoint.exact, undefined);
  });

  it('leaves no proxy behind when it cannot be looked for', async () => {
    let stopped = 0;
    await assert.rejects(
      at(-1, async () => {
        stopped++;
      }),
      RangeError,
    );
    assert.equal(stopped, 1);
  });
});
