import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { startOrigin } from '../../src/origin/server.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { trusting } from '../../src/wire/connect.ts';
import { handshake } from '../../src/wire/dial.ts';
import type { Endpoint, HandshakeOptions } from '../../src/wire/endpoint.ts';
import { requestAgain } from '../../src/wire/h1.ts';
import { acceptFor, isKey } from '../../src/wire/handshake.ts';
import { NoAnswer } from '../../src/wire/no-answer.ts';
import { loopback } from '../proving.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

/** A server that does this with each connection. */
async function serve(test: TestContext, play: (socket: Socket) => void): Promise<Endpoint> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    play(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return loopback((server.address() as AddressInfo).port);
}

/** Answers with these bytes, whatever is asked. */
const answering = (test: TestContext, bytes: string | Buffer): Promise<Endpoint> =>
  serve(test, (socket) => void socket.once('data', () => socket.write(bytes)));

async function dial(test: TestContext, endpoint: Endpoint, options: HandshakeOptions = {}) {
  const answer = await handshake(endpoint, KEY, { within: 5000, ...options });
  test.after(() => answer.dispose());
  return answer;
}

const fails = (endpoint: Endpoint, kind: string, actual: RegExp, within = 5000): Promise<void> =>
  assert.rejects(handshake(endpoint, KEY, { within }), (error) => {
    assert.ok(error instanceof NoAnswer, `${error}`);
    assert.equal(error.kind, kind);
    assert.match(error.actual, actual);
    assert.equal(error.unanswered.request.head.get('sec-websocket-version'), '13');
    return true;
  });

describe('the opening handshake', () => {
  it('is followed by another request on the same connection, when it is refused', async (test) => {
    const endpoint = await serve(test, (socket) => {
      let requests = 0;
      socket.on('data', () => {
        requests++;
        if (requests < 3) socket.write(`HTTP/1.1 40${requests} No\r\nContent-Length: 0\r\n\r\n`);
        else socket.end();
      });
    });
    const refused = await dial(test, endpoint);
    assert.equal(refused.response.status, 401);
    const again = () => requestAgain(refused, endpoint, KEY, { plain: true, within: 5000 });
    assert.equal((await again()).response.status, 402);
    await assert.rejects(again(), (error) => error instanceof NoAnswer && error.kind === 'ended');
    await assert.rejects(
      again(),
      (error) => error instanceof NoAnswer && error.kind === 'ended',
      'it has ended already',
    );
  });

  it('has the accept value of RFC 6455 §1.3', () => assert.equal(acceptFor(KEY), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='));

  it('knows a key when it sees one', () => {
    for (const key of [KEY, 'AAAAAAAAAAAAAAAAAAAAAA==']) assert.ok(isKey(key));
    for (const none of [undefined, '', 'AAAA', `${KEY}=`, KEY.slice(1), '!'.repeat(24)]) assert.ok(!isKey(none));
  });

  it('is written as browsers write it', async (test) => {
    let asked = '';
    const endpoint = await serve(test, (socket) => {
      socket.on('data', (chunk) => {
        asked += chunk;
        socket.end(SWITCH);
      });
    });
    const { request } = await dial(test, { ...endpoint, base: '/app' }, { fields: [['Origin', 'https://a.test']] });
    assert.equal(asked, request.head.toBytes().toString());
    assert.equal(request.head.start, 'GET /app HTTP/1.1');
    assert.deepEqual(
      request.head.fields.map(([name]) => name),
      ['Host', 'Connection', 'Upgrade', 'Sec-WebSocket-Version', 'Sec-WebSocket-Key', 'Origin'],
    );
  });

  it('keeps the bytes that come right behind the answer', async (test) => {
    const { rest, switched } = await dial(test, await answering(test, `${SWITCH}behind\n\r\nit`));
    assert.ok(switched);
    assert.equal(`${rest}`, 'behind\n\r\nit');
  });

  it('keeps those that come while it is still being written', async (test) => {
    const endpoint = await serve(test, (socket) => {
      socket.once('data', () => {
        socket.write(SWITCH);
        setImmediate(() => socket.write('HTTP/1.1 200 OK\r\n\r\nis a message now'));
      });
    });
    const segments = (bytes: Buffer): Buffer[] => [bytes, ...Array.from({ length: 50 }, () => Buffer.from('early'))];
    const answer = await dial(test, endpoint, { segments });
    assert.equal(answer.response.status, 101);
    while (!`${answer.rest}`.endsWith('now')) await new Promise(setImmediate);
    assert.equal(`${answer.rest}`, 'HTTP/1.1 200 OK\r\n\r\nis a message now');
  });

  it('passes over interim responses, and not over many', async (test) => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    const { interim, response } = await dial(test, await answering(test, hints.repeat(2) + SWITCH));
    assert.deepEqual([interim.map(({ status }) => status), response.status], [[103, 103], 101]);
    await fails(await answering(test, hints.repeat(6) + SWITCH), 'protocol', /more than 5 interim/);
  });

  it('takes any other answer for what it is', async (test) => {
    const { response, switched } = await dial(test, await answering(test, 'HTTP/1.1 403 No\r\nX-A: b\r\n\r\n'));
    assert.deepEqual([response.status, response.reason, response.get('x-a'), switched], [403, 'No', 'b', false]);
  });

  it('says what came when it was no HTTP', async (test) => {
    await fails(await answering(test, 'SSH-2.0-OpenSSH\r\n\r\n'), 'protocol', /not an HTTP\/1 status line: "SSH-2.0/);
    await fails(await answering(test, Buffer.alloc(200_000, 'a')), 'protocol', /longer than 163840 bytes/);
  });

  it('says that nothing came, or only a part, or an end', async (test) => {
    await fails(await serve(test, () => {}), 'timeout', /^nothing came$/, 50);
    await fails(await answering(test, 'HTTP/1.1 101 Swi'), 'timeout', /only 16 bytes of a head/, 50);
    await fails(await serve(test, (socket) => socket.once('data', () => socket.end())), 'ended', /FIN and no response/);
    const reset = await serve(test, (socket) => socket.once('data', () => socket.resetAndDestroy()));
    await fails(reset, 'ended', /RST \(ECONNRESET\) and no response/);
  });

  it('says that nobody is there', async (test) => {
    const endpoint = await serve(test, () => {});
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await fails({ ...endpoint, port }, 'refused', /ECONNREFUSED/);
  });
});

describe('the handshake over TLS', () => {
  it('trusts the authority of the run, and no other', async (test) => {
    const [ours, theirs] = [makeCertificates(['localhost', '127.0.0.1']), makeCertificates(['localhost'])];
    const origin = await startOrigin({ tls: ours.server });
    test.after(() => origin.close());
    const endpoint = { ...loopback(origin.tlsPort!), transport: 'wss', servername: 'localhost' } as const;
    assert.ok((await dial(test, { ...endpoint, trust: trusting(ours.ca) })).switched);
    assert.ok((await dial(test, { ...endpoint, insecure: true })).switched);
    await fails({ ...endpoint, trust: trusting(theirs.ca) }, 'unreachable', /certificate/);
    await fails({ ...endpoint, trust: trusting(ours.ca), servername: 'other.test' }, 'unreachable', /altnames/);
  });

  it('does not wait for ever for a server that does not speak TLS', async (test) => {
    const endpoint = await serve(test, () => {});
    await fails({ ...endpoint, transport: 'wss', insecure: true }, 'timeout', /did not happen/, 50);
    const plain = await answering(test, 'HTTP/1.1 400 Bad Request\r\n\r\n');
    await fails({ ...plain, transport: 'wss', insecure: true }, 'unreachable', /./);
  });
});

describe('the handshake over HTTP/2', () => {
  it('is an extended CONNECT (RFC 8441 §4)', async (test) => {
    const { ca, server } = makeCertificates(['localhost']);
    const origin = await startOrigin({ tls: server });
    test.after(() => origin.close());
    const endpoint = {
      ...loopback(origin.tlsPort!),
      transport: 'h2',
      servername: 'localhost',
      trust: trusting(ca),
    } as const;
    const { request, response, switched } = await dial(test, endpoint, { target: '/a?nonce=n' });
    assert.deepEqual([request.head.start, response.start, switched], ['CONNECT /a?nonce=n HTTP/2', 'HTTP/2 200', true]);
    const [seen] = await origin.journal.all('n');
    assert.equal(seen!.head.get(':protocol'), 'websocket');
    assert.equal(seen!.head.get('sec-websocket-key'), undefined);
  });

  it('is not tried where nobody offers it', async (test) => {
    const { ca, server } = makeCertificates(['localhost']);
    const other = createSecureServer(server);
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    test.after(() => other.close());
    const { port } = other.address() as AddressInfo;
    const endpoint = { ...loopback(port), transport: 'h2', servername: 'localhost', trust: trusting(ca) } as const;
    await fails(endpoint, 'protocol', /does not advertise it/);
  });
});
