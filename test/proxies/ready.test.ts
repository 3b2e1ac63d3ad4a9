import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { startOrigin } from '../../src/origin/server.ts';
import { siteEndpoint } from '../../src/proxies/address.ts';
import { Died, notReady, patienceWith, type Readiness } from '../../src/proxies/ready.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import type { Endpoint } from '../../src/wire/endpoint.ts';

const alive = async (): Promise<undefined> => undefined;

/** What is said of an endpoint, after a short wait for it. */
async function waited(endpoint: Endpoint, more: Partial<Readiness> = {}): Promise<string | undefined> {
  const signal = new AbortController().signal;
  return (await notReady(endpoint, { signal, obituary: alive, budget: 100, ...more }))?.words;
}

/** What is said of a server that does this with each connection, after a short wait for it. */
async function said(
  onConnection: (socket: Socket) => void,
  more: Partial<Readiness> = {},
): Promise<string | undefined> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = siteEndpoint('ws', '127.0.0.1', (server.address() as AddressInfo).port, '');
  try {
    return await waited(endpoint, more);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const answer = (status: string) => (socket: Socket) =>
  void socket.once('data', () => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`));

describe('a proxy that is not ready', () => {
  it('answers itself', async () => {
    assert.equal(
      await said(answer('502 Bad Gateway')),
      'answers `502 Bad Gateway` itself; no answer of the origin came through it (waited 0.1 s)',
    );
  });

  it('answers nothing', async () => {
    assert.match(
      (await said(() => {}))!,
      /^answers nothing: expected an HTTP response to the handshake within \d+ ms, but nothing came/,
    );
  });

  it('ends each connection', async () => {
    assert.equal(
      await said((socket) => socket.end()),
      'accepts connections and ends them without an answer (waited 0.1 s)',
    );
  });

  it('speaks another protocol', async () => {
    assert.match(
      (await said((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n\r\n')))!,
      /^gives no answer that can be read: .*SSH-2\.0/,
    );
  });

  it('does not listen', async () => {
    const origin = await startOrigin();
    await origin.close();
    const endpoint: Endpoint = siteEndpoint('ws', '127.0.0.1', origin.port, '');
    const why = await waited(endpoint);
    assert.equal(why, `accepts no connection on port ${origin.port} (waited 0.1 s)`);
  });

  it('speaks no TLS', async () => {
    const origin = await startOrigin();
    try {
      const endpoint = siteEndpoint('wss', '127.0.0.1', origin.port, '');
      const why = await waited(endpoint);
      assert.equal(why, 'cannot be spoken to: what answers there does not speak TLS (waited 0.1 s)');
    } finally {
      await origin.close();
    }
  });

  it('has a certificate that nobody vouches for', async () => {
    const origin = await startOrigin({ tls: makeCertificates(['wsproof.test']).server });
    try {
      const { ca } = makeCertificates(['wsproof.test']);
      const endpoint = siteEndpoint('wss', '127.0.0.1', origin.tlsPort!, ca);
      const why = await waited(endpoint);
      assert.match(why!, /^cannot be spoken to: .*certificate/);
    } finally {
      await origin.close();
    }
  });

  it('is not waited for when it is gone', async () => {
    await assert.rejects(
      said(() => {}, { obituary: async () => 'exited with code 1', budget: 60_000 }),
      Died,
    );
  });

  it('is not waited for when the run is stopped', async () => {
    const controller = new AbortController();
    const waiting = said(
      (socket) => {
        controller.abort(new Error('the run was stopped'));
        socket.end();
      },
      { signal: controller.signal, budget: 60_000 },
    );
    await assert.rejects(waiting, /the run was stopped/);
  });
});

describe('a proxy that is ready', () => {
  it('let a plain request through, be it after some tries', async () => {
    let tries = 0;
    const server = (socket: Socket): void =>
      void socket.once('data', () =>
        socket.end(`HTTP/1.1 200 OK\r\n${++tries > 3 ? 'X-Wsproof-Origin: 1\r\n' : ''}\r\n`),
      );
    assert.equal(await said(server, { budget: 60_000 }), undefined);
    assert.equal(tries, 4);
  });

  it('comes to the origin, and speaks what nobody there understands', async () => {
    const knocked = async (): Promise<boolean> => true;
    assert.equal(await said(answer('502 Bad Gateway'), { knocked }), undefined);
    assert.match((await said((socket) => socket.end(), { knocked }))!, /ends them without an answer/);
  });

  it('let a handshake through and no plain request', async () => {
    const server = (socket: Socket): void =>
      void socket.once('data', (head) => {
        const upgrade = String(head).includes('Upgrade');
        socket.end(upgrade ? 'HTTP/1.1 101 OK\r\nX-Wsproof-Origin: 1\r\n\r\n' : 'HTTP/1.1 403 Forbidden\r\n\r\n');
      });
    assert.equal(await said(server), undefined);
  });

  it('goes on answering by itself, with anything but that there is no way to the origin', async () => {
    assert.equal(await said(answer('301 Moved Permanently')), undefined);
    assert.equal(await said(answer('404 Not Found')), undefined);
    assert.equal(await said(answer('500 Internal Server Error')), undefined);
  });

  it('answers by itself for longer than a moment, or for as long as it calls that a fault of its own', () => {
    const words = 'answers itself';
    assert.equal(patienceWith({ rank: 4, words }, 9000, 15_000), 13_000, 'counted from its first answer');
    assert.equal(patienceWith({ rank: 4, words }, 14_000, 15_000), 15_000, 'within the budget');
    assert.equal(patienceWith({ rank: 4, words, fault: true }, 9000, 15_000), 15_000);
    assert.equal(patienceWith({ rank: 3, words, fault: true }, 9000, 15_000, 3000), 3000);
    assert.equal(patienceWith({ rank: 0, words }, 0, 15_000, 3000), 15_000);
  });

  it('is any server that answers, when the origin behind it is not ours', async () => {
    assert.equal(await said(answer('404 Not Found'), { foreign: true }), undefined);
    assert.equal(await said((socket) => socket.end(), { foreign: true }), undefined);
  });
});
