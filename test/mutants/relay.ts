import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { ModuleProxy, ModuleRun } from '../../src/proxies/proxy.ts';
import type { Frame, FrameInit } from '../../src/wire/frame.ts';
import { type Framing, framingOf } from '../../src/wire/framing.ts';
import {
  endOfHead,
  parseRequestHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
} from '../../src/wire/head.ts';
import { type Ending, type Link, socketLink } from '../../src/wire/link.ts';
import { afterRest, type Direction, direction, framed, type Hook, MASK, type Pass, transparent } from './direction.ts';

/** One client connection and its connection to the origin, for a relay that wants to meddle with both. */
export interface Pair {
  readonly client: Link;
  readonly origin: Link;
  readonly request: RequestHead;
  /** Undefined until the origin has answered. */
  response?: ResponseHead;
}

/** Where a relay may do something else than pass things on. What is left out is transparent. */
export interface Meddling {
  /** The first bytes of a client, before there is a head: true means that it has been dealt with here. */
  readonly greet?: (bytes: Buffer, client: Link) => boolean;
  /** Before there is a connection to the origin: true means that it has been dealt with here. */
  readonly intercept?: (request: RequestHead, client: Link) => boolean;
  readonly request?: (head: RequestHead, pair: Pair) => RequestHead;
  readonly response?: (head: ResponseHead, pair: Pair) => ResponseHead;
  /** Bytes from the origin before anything is made of them. */
  readonly arriving?: (chunk: Buffer, pass: Pass<Buffer>, pair: Pair) => void;
  /** Whether this answer switches protocols: what follows are bytes. Default: a 101 that was asked for. */
  readonly switched?: (response: ResponseHead, request: RequestHead) => boolean;
  /** Called instead of writing the response head. `rest` are the bytes that came behind it. */
  readonly answer?: (bytes: Buffer, pair: Pair) => void;
  /** Bytes behind the request head, towards the origin. */
  readonly up?: Hook<Buffer>;
  /** Bytes behind the response head, towards the client. */
  readonly down?: Hook<Buffer>;
  /** Frames behind a 101, towards the origin. With it the byte stream is cut into frames and written anew. */
  readonly upFrame?: Hook<Frame, FrameInit>;
  readonly downFrame?: Hook<Frame, FrameInit>;
  /** The client has ended. Default: end the origin's side in the same way. */
  readonly clientEnded?: (ending: Ending, pair: Pair) => void;
  /** The origin has ended. Default: 502 when it had not answered, else end the client's side in the same way. */
  readonly originEnded?: (ending: Ending, pair: Pair) => void;
  /** It is to read its configuration again. Default: there is none, so nothing happens. */
  readonly reload?: () => void;
  /** It is to end. Default: both sides of each connection get a FIN. */
  readonly stop?: () => void;
}

/** Ends a link as the other one has ended. */
export function endAs(link: Link, ending: Ending): void {
  if (ending.how === 'fin') link.finish();
  else link.reset();
}

/** An answer of the relay's own, and the end of the connection. */
export function answerItself(client: Link, status: string, body = '', ...fields: string[]): void {
  const lines = [`HTTP/1.1 ${status}`, ...fields, `Content-Length: ${body.length}`, 'Connection: close'];
  client.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`));
  client.finish();
}

const isSwitch = (response: ResponseHead, request: RequestHead): boolean =>
  response.status === 101 && request.has('upgrade');

/** Whether both sides mean to go on with this connection when the answer is whole (RFC 9112 §9.3). */
const persists = (request: RequestHead, response: ResponseHead): boolean =>
  request.version === 'HTTP/1.1' && !request.lists('connection', 'close') && !response.lists('connection', 'close');

/** One request of a client, and what comes of it. */
interface RelayedExchange {
  readonly pair: Pair;
  readonly up: Direction;
  /** From the head of the response on. */
  down?: Direction;
  /** Of the answer, where its end is the end of the exchange and not of the connection. */
  framing?: Framing;
  /** What has come of the response head. */
  head: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** The connection of one client, and for each of its requests one to the origin. */
class RelayedConnection {
  readonly #client: Link;
  readonly #open: () => Socket;
  readonly #meddling: Meddling;
  /** What has come of a request head. */
  #request: Buffer = NOTHING;
  #exchange: RelayedExchange | undefined;

  /** @param open connects to the origin */
  constructor(socket: Socket, open: () => Socket, meddling: Meddling) {
    this.#open = open;
    this.#meddling = meddling;
    this.#client = socketLink(socket, {
      onData: (chunk) => this.#fromClient(chunk),
      onEnd: (ending) => this.#clientEnded(ending),
    });
  }

  #fromClient(chunk: Buffer): void {
    const { greet, intercept } = this.#meddling;
    if (this.#exchange) return this.#exchange.up.feed(chunk);
    if (this.#request.length === 0 && greet?.(chunk, this.#client)) return;
    this.#request = Buffer.concat([this.#request, chunk]);
    const end = endOfHead(this.#request);
    if (end < 0) return;
    let head: RequestHead;
    try {
      head = parseRequestHead(this.#request.subarray(0, end));
    } catch {
      return answerItself(this.#client, '400 Bad Request');
    }
    if (!intercept?.(head, this.#client)) this.#begin(head, this.#request.subarray(end));
  }

  /** Passes a request on. @param rest bytes behind its head */
  #begin(request: RequestHead, rest: Buffer): void {
    const { arriving, upFrame, up, request: rewrite } = this.#meddling;
    const origin = socketLink(this.#open(), {
      onData: (chunk) => {
        if (this.#exchange !== exchange) return;
        if (arriving) arriving(chunk, (bytes) => this.#fromOrigin(exchange, bytes), pair);
        else this.#fromOrigin(exchange, chunk);
      },
      onEnd: (ending) => this.#originEnded(exchange, ending),
    });
    const pair: Pair = { client: this.#client, origin, request };
    const meddled = upFrame ? framed(upFrame, MASK) : up;
    const exchange: RelayedExchange = {
      pair,
      up: direction(meddled ?? transparent, pair.client, origin, pair),
      head: NOTHING,
    };
    this.#exchange = exchange;
    const out = (rewrite?.(request, pair) ?? request).toBytes();
    origin.write(meddled ? out : Buffer.concat([out, rest]));
    if (meddled && rest.length > 0) exchange.up.feed(rest);
  }

  #fromOrigin(exchange: RelayedExchange, chunk: Buffer): void {
    if (exchange.down) {
      exchange.down.feed(chunk);
      return this.#goOn(exchange, chunk);
    }
    exchange.head = Buffer.concat([exchange.head, chunk]);
    const end = endOfHead(exchange.head);
    if (end >= 0)
      this.#answer(exchange, parseResponseHead(exchange.head.subarray(0, end)), exchange.head.subarray(end));
  }

  /** Passes an answer on. @param rest bytes behind its head */
  #answer(exchange: RelayedExchange, response: ResponseHead, rest: Buffer): void {
    const { pair } = exchange;
    const { downFrame, down, answer, response: rewrite } = this.#meddling;
    pair.response = response;
    const switched = (this.#meddling.switched ?? isSwitch)(response, pair.request);
    if (!switched && response.status === 101) {
      // RFC 9110 §7.8: a server must not switch to a protocol that was not asked for.
      pair.origin.destroy();
      return answerItself(this.#client, '502 Bad Gateway');
    }
    if (!switched && persists(pair.request, response)) exchange.framing = framingOf(response, response.status);
    const head = (rewrite?.(response, pair) ?? response).toBytes();
    const meddled = downFrame && switched ? framed(downFrame, undefined) : down;
    exchange.down = direction(meddled ?? transparent, pair.origin, pair.client, pair);
    // Head and what came with it leave in one write, as they came: a relay must not cut what belongs together.
    const whole = meddled ? head : Buffer.concat([head, rest]);
    if (answer) answer(whole, pair);
    else pair.client.write(whole);
    if (meddled && rest.length > 0) exchange.down.feed(rest);
    this.#goOn(exchange, rest);
  }

  /** When the answer is whole, what the client sends is its next request. */
  #goOn({ pair, framing }: RelayedExchange, bytes: Buffer): void {
    framing?.push(bytes);
    if (!framing?.done) return;
    pair.origin.finish();
    this.#request = NOTHING;
    this.#exchange = undefined;
  }

  #originEnded(exchange: RelayedExchange, ending: Ending): void {
    if (this.#exchange !== exchange) return;
    const { originEnded } = this.#meddling;
    if (originEnded) originEnded(ending, exchange.pair);
    else if (exchange.down) afterRest(exchange.down, ending, this.#client);
    // RFC 9110 §15.6.3: a gateway that got no answer says so.
    else answerItself(this.#client, '502 Bad Gateway');
  }

  #clientEnded(ending: Ending): void {
    const { clientEnded } = this.#meddling;
    if (!this.#exchange) return this.#client.destroy();
    const { pair, up } = this.#exchange;
    if (clientEnded) clientEnded(ending, pair);
    else afterRest(up, ending, pair.origin);
  }
}

/** A relay that runs. */
export interface RelayRun extends ModuleRun {
  reload(): Promise<void>;
  /** Bytes that it has taken from one side and not got rid of on the other. */
  memory(): Promise<number>;
}

/** ms that open connections get for an orderly end. */
const GRACE = 200;

/**
 * An in-process proxy that passes everything on as it came, but for the meddling.
 * @param meddles a function when the meddling has a memory of its own: it is called at each start
 */
export function relay(name: string, meddles: Meddling | (() => Meddling) = {}): ModuleProxy {
  return {
    name,
    async start({ origin }): Promise<RelayRun> {
      const meddling = typeof meddles === 'function' ? meddles() : meddles;
      const sockets = new Set<Socket>();
      const track = (socket: Socket): Socket => {
        sockets.add(socket);
        socket.on('error', () => {});
        return socket.once('close', () => sockets.delete(socket));
      };
      const open = (): Socket =>
        track(connect({ port: origin.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        new RelayedConnection(track(socket), open, meddling);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return {
        ports: { ws: (server.address() as AddressInfo).port },
        reload: async () => meddling.reload?.(),
        memory: async () => [...sockets].reduce((sum, { writableLength }) => sum + writableLength, 0),
        async close() {
          meddling.stop?.();
          for (const socket of sockets) socket.end();
          const late = setTimeout(() => sockets.forEach((socket) => void socket.destroy()), GRACE);
          await new Promise((resolve) => server.close(resolve));
          clearTimeout(late);
          for (const socket of sockets) socket.destroy();
        },
      };
    },
  };
}
