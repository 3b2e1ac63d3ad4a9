import { createHmac, randomBytes } from 'node:crypto';
import { performServerHandshake } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { sampleOf } from '../wire/body.ts';
import type { Certificate } from '../wire/certificate.ts';
import { now } from '../wire/clock.ts';
import { type Arrival, Http1Connection } from './h1.ts';
import { serveStream } from './h2.ts';
import { type Exchange, MemoryJournal } from './journal.ts';
import { LIMITS } from './limits.ts';
import { parseScene } from './scene.ts';
import { play } from './scenes.ts';
import { Sessions } from './sessions.ts';
import { Visit } from './visit.ts';

export interface OriginOptions {
  /** Where to listen. Default 127.0.0.1; a proxy in a container needs an address that it can reach. */
  readonly host?: string;
  /** 0 lets the system choose. Default 0. */
  readonly port?: number;
  /** With a certificate the origin speaks TLS as well, on a port of its own, with HTTP/1 and HTTP/2 by ALPN. */
  readonly tls?: Certificate;
  /** The port for TLS; 0 lets the system choose. Default 0. */
  readonly tlsPort?: number;
  /** Which one it is, where there are several behind one proxy. Default `a`. */
  readonly name?: string;
  /** The origin whose journal, sessions and stamp this one shares: together they stand behind one proxy. */
  readonly beside?: Origin;
}

/** The reference server behind the proxy. */
export interface Origin {
  readonly name: string;
  /** The port of ws://. */
  readonly port: number;
  /** The port of wss:// and h2, when there is a certificate. */
  readonly tlsPort?: number;
  readonly journal: MemoryJournal;
  /** The clients that poll. */
  readonly sessions: Sessions;
  /** What `X-Wsproof-Origin` says in the answer to this nonce: nobody else can say it. */
  stampFor(nonce: string): string;
  /** TCP connections that are open now. */
  readonly connections: number;
  /** Refuses connections from now on and resets those that are open, as a server does that dies. */
  down(): Promise<void>;
  /** Refuses connections from now on and serves those that are open, as a server does that is about to be replaced. */
  drain(): Promise<void>;
  /** Listens again, on the same ports. */
  up(): Promise<void>;
  close(): Promise<void>;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // Kept: a connection that cannot be accepted later on must not end the process.
    server.on('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Destroys the socket below when this one has said its last and the other side stays all the same. */
function limitLinger(socket: Socket, raw: Socket): void {
  socket.once('finish', () => {
    const timer = setTimeout(() => raw.destroy(), LIMITS.linger).unref();
    raw.once('close', () => clearTimeout(timer));
  });
}

/**
 * Starts the origin. It runs on raw sockets with a head parser of its own, because Node's `http` server hides order,
 * case and duplicates of field lines and so is no faithful recorder (docs/decisions/0002).
 *
 * @throws the system's error when the port is taken or the address is not ours
 */
export async function startOrigin(options: OriginOptions = {}): Promise<Origin> {
  const host = options.host ?? '127.0.0.1';
  const { name = 'a', beside } = options;
  const secret = randomBytes(32);
  const journal = beside?.journal ?? new MemoryJournal();
  const sockets = new Set<Socket>();
  const sessions = beside?.sessions ?? new Sessions();
  let connections = 0;

  const stamp = (nonce: string): string => createHmac('sha256', secret).update(nonce).digest('hex').slice(0, 16);

  const stampFor = beside?.stampFor ?? stamp;

  const arrive = ({ head, transport, body, under, connection }: Arrival): Visit => {
    const asked = parseScene(head.target);
    // The header carries the nonce as well: a proxy may cut the query off.
    const nonce = asked.nonce ?? head.get('x-wsproof-nonce') ?? '';
    const exchange: Exchange = {
      nonce,
      origin: name,
      connection,
      transport,
      arrivedAt: now(),
      head,
      early: under.rest.length,
      body: sampleOf(body),
      frames: [],
      messages: 0,
      bytesIn: 0,
      bytesOut: 0,
    };
    const visit = new Visit(exchange, asked.scene, under, journal, stampFor(nonce));
    if (nonce !== '') journal.add(exchange);
    // A scene that stumbles over a connection that is gone has nobody left to tell.
    queueMicrotask(() => void play(visit, sessions).catch(() => under.link.destroy()));
    return visit;
  };

  const track = (raw: Socket): number => {
    sockets.add(raw);
    raw.setNoDelay(true);
    raw.on('error', () => {});
    raw.once('close', () => sockets.delete(raw));
    return ++connections;
  };

  const plain = createServer({ allowHalfOpen: true }, (raw) => {
    if (sockets.size >= LIMITS.connections) return void raw.destroy();
    limitLinger(raw, raw);
    new Http1Connection(raw, raw, 'ws', track(raw), arrive);
  });

  const secureContext = createSecureContext(options.tls);
  const secure = createServer({ allowHalfOpen: true }, (raw) => {
    if (sockets.size >= LIMITS.connections) return void raw.destroy();
    const number = track(raw);
    const socket = new TLSSocket(raw, {
      isServer: true,
      secureContext,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const slow = setTimeout(() => raw.destroy(), LIMITS.head).unref();
    raw.once('close', () => clearTimeout(slow));
    limitLinger(socket, raw);
    socket.on('error', () => raw.destroy());
    socket.once('secure', () => {
      clearTimeout(slow);
      if (socket.alpnProtocol !== 'h2') return void new Http1Connection(socket, raw, 'wss', number, arrive);
      const session = performServerHandshake(socket, { settings: { enableConnectProtocol: true } });
      // A session on a server's TLSSocket waits for this event, which only Node's own servers emit.
      socket.emit('secureConnect');
      // HTTP/2 knows no half-closed connection, and a session that is left open would not notice.
      socket.once('end', () => socket.destroy());
      session.on('error', () => {});
      session.on('stream', (stream, headers) => {
        stream.on('error', () => {});
        serveStream(stream, headers, number, arrive);
      });
    });
  });

  const port = await listen(plain, host, options.port ?? 0);
  const listening = options.tls ? listen(secure, host, options.tlsPort ?? 0) : undefined;
  const tlsPort = await listening?.catch((error: unknown) => {
    plain.close();
    throw error;
  });

  const shut = async (end: (socket: Socket) => void): Promise<void> => {
    const closed = [plain, secure].map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of sockets) end(socket);
    await Promise.all(closed);
  };

  return {
    name,
    port,
    ...(tlsPort === undefined ? {} : { tlsPort }),
    journal,
    sessions,
    stampFor,
    get connections() {
      return sockets.size;
    },
    down: () => shut((socket) => socket.resetAndDestroy()),
    async drain() {
      for (const server of [plain, secure]) server.close();
    },
    async up() {
      await listen(plain, host, port);
      if (tlsPort !== undefined) await listen(secure, host, tlsPort);
    },
    close: () => shut((socket) => socket.destroy()),
  };
}
