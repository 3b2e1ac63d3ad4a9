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

function relayConnection(socket: Socket, open: () => Socket, meddling: Meddling): void {
  let pair: Pair | undefined;
  let upstream: Link | undefined;
  let request: Buffer = Buffer.alloc(0);
  let response: Buffer = Buffer.alloc(0);
  let up: Direction | undefined;
  let down: Direction | undefined;
  /** Of the answer, where its end is the end of the exchange and not of the connection. */
  let framing: Framing | undefined;

  /** When the answer is whole, what the client sends is its next request. */
  const goOn = (origin: Link, bytes: Buffer): void => {
    framing?.push(bytes);
    if (!framing?.done) return;
    origin.finish();
    request = Buffer.alloc(0);
    response = Buffer.alloc(0);
    pair = upstream = up = down = framing = undefined;
  };

  const fromOrigin = (chunk: Buffer): void => {
    if (down) {
      down.feed(chunk);
      return goOn(pair!.origin, chunk);
    }
    response = Buffer.concat([response, chunk]);
    const end = endOfHead(response);
    if (end < 0 || !pair) return;
    const p = pair;
    p.response = parseResponseHead(response.subarray(0, end));
    const switched = (meddling.switched ?? isSwitch)(p.response, p.request);
    if (!switched && p.response.status === 101) {
      // RFC 9110 §7.8: a server must not switch to a protocol that was not asked for.
      p.origin.destroy();
      return answerItself(client, '502 Bad Gateway');
    }
    if (!switched && persists(p.request, p.response)) framing = framingOf(p.response, p.response.status);
    const head = (meddling.response?.(p.response, p) ?? p.response).toBytes();
    const rest = response.subarray(end);
    const frames = meddling.downFrame && switched ? framed(meddling.downFrame, undefined) : undefined;
    const meddled = frames ?? meddling.down;
    down = direction(meddled ?? transparent, p.origin, p.client, p);
    // Head and what came with it leave in one write, as they came: a relay must not cut what belongs together.
    const whole = meddled ? head : Buffer.concat([head, rest]);
    if (meddling.answer) meddling.answer(whole, p);
    else p.client.write(whole);
    if (meddled && rest.length > 0) down.feed(rest);
    goOn(p.origin, rest);
  };

  const fromClient = (chunk: Buffer): void => {
    if (up) return up.feed(chunk);
    if (request.length === 0 && meddling.greet?.(chunk, client)) return;
    request = Buffer.concat([request, chunk]);
    const end = endOfHead(request);
    if (end < 0 || upstream) return;
    let head: RequestHead;
    try {
      head = parseRequestHead(request.subarray(0, end));
    } catch {
      return answerItself(client, '400 Bad Request');
    }
    if (meddling.intercept?.(head, client)) return;
    upstream = socketLink(open(), {
      onData: (chunk) => {
        if (pair !== p) return;
        if (meddling.arriving) meddling.arriving(chunk, fromOrigin, p);
        else fromOrigin(chunk);
      },
      onEnd: (ending) => {
        if (pair !== p) return;
        if (meddling.originEnded) meddling.originEnded(ending, pair!);
        else if (down) afterRest(down, ending, client);
        // RFC 9110 §15.6.3: a gateway that got no answer says so.
        else answerItself(client, '502 Bad Gateway');
      },
    });
    const p: Pair = { client, origin: upstream, request: head };
    pair = p;
    const meddled = meddling.upFrame ? framed(meddling.upFrame, MASK) : meddling.up;
    up = direction(meddled ?? transparent, p.client, p.origin, p);
    const rest = request.subarray(end);
    const out = (meddling.request?.(head, p) ?? head).toBytes();
    p.origin.write(meddled ? out : Buffer.concat([out, rest]));
    if (meddled && rest.length > 0) up.feed(rest);
  };

  const client: Link = socketLink(socket, {
    onData: fromClient,
    onEnd: (ending) => {
      if (!pair) return client.destroy();
      if (meddling.clientEnded) meddling.clientEnded(ending, pair);
      else afterRest(up!, ending, pair.origin);
    },
  });
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
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        relayConnection(track(socket), open, meddling),
      );
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
