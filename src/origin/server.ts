import { createHmac, randomBytes } from 'node:crypto';
import { performServerHandshake } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { sampleOf } from '../wire/body.ts';
import type { Certificate } from '../wire/certificate.ts';
import { now } from '../wire/clock.ts';
import { HEAD_LIMIT } from '../wire/head.ts';
import type { Guard } from './guard.ts';
import { type Arrival, Http1Connection, type Reception } from './h1.ts';
import { serveStream } from './h2.ts';
import { type Exchange, MemoryJournal } from './journal.ts';
import { LIMITS } from './limits.ts';
import { refusalOf } from './refusal.ts';
import { parseScene } from './scene.ts';
import { play } from './scenes.ts';
import { Sessions } from './sessions.ts';
import { playForStrangers } from './strangers.ts';
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
  /** For an origin that strangers can reach: it echoes, keeps nothing, and ends with the guard's limits. */
  readonly guard?: Guard;
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
  /**
   * Listens on one more port, for requests that come by way of one upstream of a proxy; they may be in TLS or not.
   * It ends with {@link close}.
   *
   * @param upstream what its exchanges say in `upstream`: `app:3000`
   * @param host where to listen. Default: where the origin does
   * @throws the system's error when it cannot listen there
   */
  listenAs(upstream: string, host?: string): Promise<Entrance>;
  close(): Promise<void>;
}

/** One more port of the origin. */
export interface Entrance {
  readonly upstream: string;
  readonly port: number;
  /** Requests of ours that came this way: those for a WebSocket, and the others. */
  readonly asked: { readonly webSockets: number; readonly plain: number };
  /** Refuses connections from now on. */
  close(): Promise<void>;
}

/** The first byte of a TLS record that begins a handshake (RFC 8446 §5.1). */
const HANDSHAKE = 0x16;

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
  const { name = 'a', beside, guard } = options;
  const secret = randomBytes(32);
  const journal = beside?.journal ?? new MemoryJournal();
  const sockets = new Set<Socket>();
  const sessions = beside?.sessions ?? new Sessions();
  let connections = 0;

  const stamp = (nonce: string): string => createHmac('sha256', secret).update(nonce).digest('hex').slice(0, 16);

  const stampFor = beside?.stampFor ?? stamp;

  const arrive = ({ head, transport, body, under, connection }: Arrival, upstream?: string): Visit => {
    const asked = guard ? { scene: {} } : parseScene(head.target);
    // The header carries the nonce as well: a proxy may cut the query off.
    const nonce = guard ? '' : (asked.nonce ?? head.get('x-wsproof-nonce') ?? '');
    const exchange: Exchange = {
      nonce,
      origin: name,
      connection,
      ...(upstream === undefined ? {} : { upstream }),
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
    const playing = guard ? playForStrangers : play;
    queueMicrotask(() => void playing(visit, sessions).catch(() => under.link.destroy()));
    return visit;
  };

  const turnAway = (bytes: Buffer): string => {
    if (!guard) journal.addUnreadable(bytes);
    return stampFor('');
  };

  const track = (raw: Socket): number => {
    sockets.add(raw);
    guard?.watch(raw);
    raw.setNoDelay(true);
    raw.on('error', () => {});
    raw.once('close', () => sockets.delete(raw));
    return ++connections;
  };

  const full = (): boolean => sockets.size >= LIMITS.connections || guard?.full === true;

  const servePlain = (raw: Socket, number: number, reception: Reception): void => {
    limitLinger(raw, raw);
    new Http1Connection(raw, raw, 'ws', number, reception);
  };

  const secureContext = createSecureContext(options.tls);
  const serveSecure = (raw: Socket, number: number, reception: Reception): void => {
    const socket = new TLSSocket(raw, {
      isServer: true,
      secureContext,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const slow = setTimeout(() => raw.destroy(), LIMITS.head).unref();
    raw.once('close', () => clearTimeout(slow));
    limitLinger(socket, raw);
    socket.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
      const alert = /ALERT/.test(code) ? (/tlsv1[^:]*|sslv3[^:]*/.exec(message)?.[0] ?? code) : undefined;
      if (alert !== undefined && !guard) journal.addUnreadable(Buffer.alloc(0), alert);
      raw.destroy();
    });
    socket.once('secure', () => {
      clearTimeout(slow);
      if (socket.alpnProtocol !== 'h2') return void new Http1Connection(socket, raw, 'wss', number, reception);
      const session = performServerHandshake(socket, {
        settings: { enableConnectProtocol: true, maxHeaderListSize: HEAD_LIMIT.bytes },
        maxHeaderListPairs: HEAD_LIMIT.fields,
      });
      // A session on a server's TLSSocket waits for this event, which only Node's own servers emit.
      socket.emit('secureConnect');
      // HTTP/2 knows no half-closed connection, and a session that is left open would not notice.
      socket.once('end', () => socket.destroy());
      session.on('error', () => {});
      session.on('stream', (stream, headers) => {
        stream.on('error', () => {});
        serveStream(stream, headers, number, reception.arrive);
      });
    });
  };

  /** Serves what the client begins to speak. */
  const serveEither = (raw: Socket, number: number, reception: Reception): void => {
    const slow = setTimeout(() => raw.destroy(), LIMITS.head).unref();
    raw.once('close', () => clearTimeout(slow));
    raw.once('readable', () => {
      clearTimeout(slow);
      const first = raw.read() as Buffer | null;
      if (first === null) return void raw.end();
      raw.unshift(first);
      if (first[0] === HANDSHAKE && options.tls) serveSecure(raw, number, reception);
      else servePlain(raw, number, reception);
    });
  };

  const serverOf = (serve: (raw: Socket, number: number) => void): Server =>
    createServer({ allowHalfOpen: true }, (raw) => (full() ? void raw.destroy() : serve(raw, track(raw))));
  const plain = serverOf((raw, number) => servePlain(raw, number, { arrive, turnAway }));
  const secure = serverOf((raw, number) => serveSecure(raw, number, { arrive, turnAway }));
  const entrances = new Set<Server>();

  const port = await listen(plain, host, options.port ?? 0);
  const listening = options.tls ? listen(secure, host, options.tlsPort ?? 0) : undefined;
  const tlsPort = await listening?.catch((error: unknown) => {
    plain.close();
    throw error;
  });

  const shut = async (end: (socket: Socket) => void): Promise<void> => {
    const closed = [plain, secure, ...entrances].map((server) => new Promise((resolve) => server.close(resolve)));
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
    async listenAs(upstream, where = host) {
      const asked = { webSockets: 0, plain: 0 };
      const arriveHere = (arrival: Arrival): Visit => {
        const visit = arrive(arrival, upstream);
        if (visit.exchange.nonce !== '') asked[refusalOf(arrival.head) ? 'plain' : 'webSockets']++;
        return visit;
      };
      const server = serverOf((raw, number) => serveEither(raw, number, { arrive: arriveHere, turnAway }));
      const entrance = await listen(server, where, 0);
      entrances.add(server);
      return { upstream, port: entrance, asked, close: async () => void server.close() };
    },
    close: () => shut((socket) => socket.destroy()),
  };
}
