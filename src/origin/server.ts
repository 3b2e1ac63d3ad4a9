import { createHmac, randomBytes } from 'node:crypto';
import type { Server, Socket } from 'node:net';
import { sampleOf } from '../wire/body.ts';
import type { Certificate } from '../wire/certificate.ts';
import { now } from '../wire/clock.ts';
import type { RequestHead } from '../wire/head.ts';
import { Connections, listen } from './connections.ts';
import type { Guard } from './guard.ts';
import type { Reception } from './h1.ts';
import { type Exchange, MemoryJournal } from './journal.ts';
import { playJournal } from './journal-scene.ts';
import { refusalOf } from './refusal.ts';
import { parseScene, type Scene } from './scene.ts';
import { play } from './scenes.ts';
import { Sessions } from './sessions.ts';
import { playForStrangers } from './strangers.ts';
import type { OriginToken } from './token.ts';
import { Visit } from './visit.ts';

/** How an origin is started. */
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
  /** Who has it is no stranger, and may read the journal. Default: without a guard nobody is a stranger. */
  readonly token?: OriginToken;
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

/** What the receptions of one origin have in common. */
interface Keeps extends Pick<Origin, 'name' | 'journal' | 'sessions' | 'stampFor'> {
  readonly guard: Guard | undefined;
  readonly token: OriginToken | undefined;
}

/** What strangers send is kept for nobody, or for whoever has the token. */
const keepsUnreadable = ({ guard, token }: Keeps): boolean => guard === undefined || token !== undefined;

/** What a request asks for. Of a stranger's nothing is heard. */
function askedIn(head: RequestHead, { guard, token }: Keeps): { nonce: string; scene: Scene; stranger: boolean } {
  const { nonce: named, signature: given, scene } = parseScene(head.target);
  // The header carries them as well: a proxy may cut the query off.
  const nonce = named ?? head.get('x-wsproof-nonce') ?? '';
  const signature = given ?? head.get('x-wsproof-sig') ?? '';
  const stranger = token ? !token.signs(signature, nonce) : guard !== undefined;
  return stranger ? { nonce: '', scene: {}, stranger } : { nonce, scene, stranger };
}

/** @param upstream as which upstream of the proxy's configuration the origin is asked there */
function receptionOf(keeps: Keeps, upstream?: string): Reception {
  const { name, guard, token, journal, sessions, stampFor } = keeps;
  return {
    arrive: ({ head, transport, body, under, connection }) => {
      const { nonce, scene, stranger } = askedIn(head, keeps);
      guard?.trust(connection, !stranger);
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
      const visit = new Visit(exchange, scene, under, journal, stampFor(nonce));
      const asksJournal = token !== undefined && !stranger && scene.play === 'journal';
      if (nonce !== '' && !asksJournal) journal.add(exchange);
      const playing = async (): Promise<void> => {
        if (stranger) await playForStrangers(visit);
        else if (asksJournal) await playJournal(visit, journal, token);
        else await play(visit, sessions);
      };
      // A scene that stumbles over a connection that is gone has nobody left to tell.
      queueMicrotask(() => void playing().catch(() => under.link.destroy()));
      return visit;
    },
    turnAway: (bytes) => {
      if (keepsUnreadable(keeps)) journal.addUnreadable(bytes);
      return stampFor('');
    },
  };
}

/**
 * Starts the origin. It runs on raw sockets with a head parser of its own, because Node's `http` server hides order,
 * case and duplicates of field lines and so is no faithful recorder (docs/decisions/0002).
 *
 * @throws the system's error when the port is taken or the address is not ours
 */
export async function startOrigin(options: OriginOptions = {}): Promise<Origin> {
  const host = options.host ?? '127.0.0.1';
  const { name = 'a', beside, guard, token } = options;
  const secret = randomBytes(32);
  const journal = beside?.journal ?? new MemoryJournal();
  const sessions = beside?.sessions ?? new Sessions();
  const stamp = (nonce: string): string => createHmac('sha256', secret).update(nonce).digest('hex').slice(0, 16);
  const stampFor = beside?.stampFor ?? ((nonce) => token?.stampFor(nonce) ?? stamp(nonce));
  const keeps: Keeps = { name, guard, token, journal, sessions, stampFor };
  const connections = new Connections({
    tls: options.tls,
    guard,
    onAlert: (alert) => {
      if (keepsUnreadable(keeps)) journal.addUnreadable(Buffer.alloc(0), alert);
    },
  });
  const reception = receptionOf(keeps);
  const plain = connections.server('plain', reception);
  const secure = connections.server('tls', reception);
  const entrances = new Set<Server>();

  const port = await listen(plain, host, options.port ?? 0);
  const listening = options.tls ? listen(secure, host, options.tlsPort ?? 0) : undefined;
  const tlsPort = await listening?.catch((error: unknown) => {
    plain.close();
    throw error;
  });

  const shut = async (end: (socket: Socket) => void): Promise<void> => {
    const closed = [plain, secure, ...entrances].map((server) => new Promise((resolve) => server.close(resolve)));
    connections.endAll(end);
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
      return connections.open;
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
      const { arrive, turnAway } = receptionOf(keeps, upstream);
      const counted: Reception['arrive'] = (arrival) => {
        const visit = arrive(arrival);
        if (visit.exchange.nonce !== '') asked[refusalOf(arrival.head) ? 'plain' : 'webSockets']++;
        return visit;
      };
      const server = connections.server('either', { arrive: counted, turnAway });
      const entrance = await listen(server, where, 0);
      entrances.add(server);
      const close = async (): Promise<void> => {
        entrances.delete(server);
        server.close();
      };
      return { upstream, port: entrance, asked, close };
    },
    close: () => shut((socket) => socket.destroy()),
  };
}
