import { performServerHandshake } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from '../wire/certificate.ts';
import { HEAD_LIMIT } from '../wire/head.ts';
import type { Guard } from './guard.ts';
import { Http1Connection, type Reception } from './h1.ts';
import { serveStream } from './h2.ts';
import { LIMITS } from './limits.ts';

/** The first byte of a TLS record that begins a handshake (RFC 8446 §5.1). */
const HANDSHAKE = 0x16;

/** What is spoken on a port: plain text, TLS, or whichever of both the client begins with. */
export type Speech = 'plain' | 'tls' | 'either';

/** How connections are taken. */
export interface ConnectionsOptions {
  readonly tls: Certificate | undefined;
  readonly guard: Guard | undefined;
  /** Is told by which alert a client ended a TLS handshake, in OpenSSL's words: "tlsv1 alert unknown ca". */
  readonly onAlert: (alert: string) => void;
}

/**
 * Begins to listen.
 * @param port 0 lets the system choose
 * @returns the port
 * @throws the system's error when the port is taken or the address is not ours
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Destroys the socket below when this one has said its last and the other side stays all the same. */
function limitLinger(socket: Socket, raw: Socket): void {
  socket.once('finish', () => {
    const timer = setTimeout(() => raw.destroy(), LIMITS.linger).unref();
    raw.once('close', () => clearTimeout(timer));
  });
}

/** Destroys a connection that has not come to its first head in time. @returns a function that calls it off */
function limitBeginning(raw: Socket): () => void {
  const timer = setTimeout(() => raw.destroy(), LIMITS.head).unref();
  const callOff = (): void => clearTimeout(timer);
  raw.once('close', callOff);
  return callOff;
}

/** The connections of one origin: takes them, and brings the requests on them to a reception. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #secureContext: SecureContext;
  readonly #sockets = new Set<Socket>();
  #count = 0;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#secureContext = createSecureContext(options.tls);
  }

  /** How many are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Ends all that are open, as `end` does it with each. */
  endAll(end: (socket: Socket) => void): void {
    for (const socket of this.#sockets) end(socket);
  }

  /** A server that does not listen yet. */
  server(speech: Speech, reception: Reception): Server {
    const server = createServer({ allowHalfOpen: true }, (raw) => {
      if (this.#full) return void raw.destroy();
      const number = this.#track(raw);
      if (speech === 'plain') this.#servePlain(raw, number, reception);
      else if (speech === 'tls') this.#serveTls(raw, number, reception);
      else this.#serveEither(raw, number, reception);
    });
    // A connection that cannot be accepted must not end the process.
    return server.on('error', () => {});
  }

  get #full(): boolean {
    return this.#sockets.size >= LIMITS.connections || this.#options.guard?.full === true;
  }

  #track(raw: Socket): number {
    const number = ++this.#count;
    this.#sockets.add(raw);
    this.#options.guard?.watch(raw, number);
    raw.setNoDelay(true);
    // How it ended is for the link to say; without a listener it ends the process.
    raw.on('error', () => {});
    raw.once('close', () => this.#sockets.delete(raw));
    return number;
  }

  #servePlain(raw: Socket, number: number, reception: Reception): void {
    limitLinger(raw, raw);
    new Http1Connection(raw, raw, 'ws', number, reception);
  }

  #serveTls(raw: Socket, number: number, reception: Reception): void {
    const socket = new TLSSocket(raw, {
      isServer: true,
      secureContext: this.#secureContext,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const begun = limitBeginning(raw);
    limitLinger(socket, raw);
    socket.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
      if (/ALERT/.test(code)) this.#options.onAlert(/tlsv1[^:]*|sslv3[^:]*/.exec(message)?.[0] ?? code);
      raw.destroy();
    });
    socket.once('secure', () => {
      begun();
      if (socket.alpnProtocol === 'h2') this.#serveHttp2(socket, number, reception);
      else new Http1Connection(socket, raw, 'wss', number, reception);
    });
  }

  #serveHttp2(socket: TLSSocket, number: number, reception: Reception): void {
    const session = performServerHandshake(socket, {
      settings: { enableConnectProtocol: true, maxHeaderListSize: HEAD_LIMIT.bytes },
      maxHeaderListPairs: HEAD_LIMIT.fields,
    });
    // A session on a server's TLSSocket waits for this event, which only Node's own servers emit.
    socket.emit('secureConnect');
    // HTTP/2 knows no half-closed connection, and a session that is left open would not notice.
    socket.once('end', () => socket.destroy());
    // How each stream ended is for its link to say; without listeners an error ends the process.
    session.on('error', () => {});
    session.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      serveStream(stream, headers, number, reception.arrive);
    });
  }

  #serveEither(raw: Socket, number: number, reception: Reception): void {
    const begun = limitBeginning(raw);
    raw.once('readable', () => {
      begun();
      const first = raw.read() as Buffer | null;
      if (first === null) return void raw.end();
      raw.unshift(first);
      if (first[0] === HANDSHAKE && this.#options.tls) this.#serveTls(raw, number, reception);
      else this.#servePlain(raw, number, reception);
    });
  }
}
