import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import { encodeFrame, type Frame, FrameReader } from '../../src/wire/frame.ts';
import {
  endOfHead,
  parseRequestHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
} from '../../src/wire/head.ts';
import { type Ending, type Link, socketLink } from '../../src/wire/link.ts';

type Pass<T> = (item: T) => void;

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
  /** Before there is a connection to the origin: true means that it has been dealt with here. */
  readonly intercept?: (request: RequestHead, client: Link) => boolean;
  readonly request?: (head: RequestHead, pair: Pair) => RequestHead;
  readonly response?: (head: ResponseHead, pair: Pair) => ResponseHead;
  /** Bytes from the origin before anything is made of them. */
  readonly arriving?: (chunk: Buffer, pass: Pass<Buffer>, pair: Pair) => void;
  /** Called instead of writing the response head. `rest` are the bytes that came behind it. */
  readonly answer?: (bytes: Buffer, pair: Pair) => void;
  /** Bytes behind the request head, towards the origin. */
  readonly up?: (chunk: Buffer, pass: Pass<Buffer>, pair: Pair) => void;
  /** Bytes behind the response head, towards the client. */
  readonly down?: (chunk: Buffer, pass: Pass<Buffer>, pair: Pair) => void;
  /** Frames behind a 101, towards the origin. With it the byte stream is cut into frames and written anew. */
  readonly upFrame?: (frame: Frame, pass: Pass<Frame>, pair: Pair) => void;
  readonly downFrame?: (frame: Frame, pass: Pass<Frame>, pair: Pair) => void;
  /** The client has ended. Default: end the origin's side in the same way. */
  readonly clientEnded?: (ending: Ending, pair: Pair) => void;
  /** The origin has ended. Default: 502 when it had not answered, else end the client's side in the same way. */
  readonly originEnded?: (ending: Ending, pair: Pair) => void;
}

const MASK = Buffer.from([1, 2, 3, 4]);

/** Ends a link as the other one has ended. */
export function endAs(link: Link, ending: Ending): void {
  if (ending.how === 'fin') link.finish();
  else link.reset();
}

/** An answer of the relay's own, and the end of the connection. */
export function answerItself(client: Link, status: string, body = ''): void {
  const head = `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  client.write(Buffer.from(head + body));
  client.finish();
}

/** Runs a byte stream through a frame hook. */
function framed(
  hook: NonNullable<Meddling['upFrame']>,
  mask: Buffer | undefined,
  pair: Pair,
): (chunk: Buffer, pass: Pass<Buffer>) => void {
  const reader = new FrameReader();
  return (chunk, pass) => {
    for (const frame of reader.push(chunk)) hook(frame, (out) => pass(encodeFrame({ ...out, mask })), pair);
  };
}

function relayConnection(socket: Socket, originPort: number, meddling: Meddling): void {
  let pair: Pair | undefined;
  let upstream: Link | undefined;
  let request: Buffer = Buffer.alloc(0);
  let response: Buffer = Buffer.alloc(0);
  let up: (chunk: Buffer) => void = () => {};
  let down: ((chunk: Buffer) => void) | undefined;

  const fromOrigin = (chunk: Buffer): void => {
    if (down) return down(chunk);
    response = Buffer.concat([response, chunk]);
    const end = endOfHead(response);
    if (end < 0 || !pair) return;
    const p = pair;
    p.response = parseResponseHead(response.subarray(0, end));
    const head = (meddling.response?.(p.response, p) ?? p.response).toBytes();
    const rest = response.subarray(end);
    const write: Pass<Buffer> = (bytes) => void p.client.write(bytes);
    const frames =
      meddling.downFrame && p.response.status === 101 ? framed(meddling.downFrame, undefined, p) : undefined;
    down = (bytes) => (frames ?? meddling.down ?? ((b: Buffer, pass: Pass<Buffer>) => pass(b)))(bytes, write, p);
    // Head and what came with it leave in one write, as they came: a relay must not cut what belongs together.
    const meddled = frames || meddling.down;
    const whole = meddled ? head : Buffer.concat([head, rest]);
    if (meddling.answer) meddling.answer(whole, p);
    else p.client.write(whole);
    if (meddled && rest.length > 0) down(rest);
  };

  const fromClient = (chunk: Buffer): void => {
    if (pair) return up(chunk);
    request = Buffer.concat([request, chunk]);
    const end = endOfHead(request);
    if (end < 0 || upstream) return;
    const head = parseRequestHead(request.subarray(0, end));
    if (meddling.intercept?.(head, client)) return;
    const origin = connect({ port: originPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    origin.on('error', () => {});
    upstream = socketLink(origin, {
      onData: (chunk) => (meddling.arriving ? meddling.arriving(chunk, fromOrigin, pair!) : fromOrigin(chunk)),
      onEnd: (ending) => {
        if (meddling.originEnded) meddling.originEnded(ending, pair!);
        else if (pair!.response) endAs(client, ending);
        // RFC 9110 §15.6.3: a gateway that got no answer says so.
        else answerItself(client, '502 Bad Gateway');
      },
    });
    const p: Pair = { client, origin: upstream, request: head };
    pair = p;
    const write: Pass<Buffer> = (bytes) => void p.origin.write(bytes);
    const frames = meddling.upFrame ? framed(meddling.upFrame, MASK, p) : undefined;
    up = (bytes) => (frames ?? meddling.up ?? ((b: Buffer, pass: Pass<Buffer>) => pass(b)))(bytes, write, p);
    const rest = request.subarray(end);
    const out = (meddling.request?.(head, p) ?? head).toBytes();
    const meddled = frames || meddling.up;
    p.origin.write(meddled ? out : Buffer.concat([out, rest]));
    if (meddled && rest.length > 0) up(rest);
  };

  const client: Link = socketLink(socket, {
    onData: fromClient,
    onEnd: (ending) => {
      if (!pair) return client.destroy();
      if (meddling.clientEnded) meddling.clientEnded(ending, pair);
      else endAs(pair.origin, ending);
    },
  });
}

/** An in-process proxy that passes everything on as it came, but for the meddling. */
export function relay(name: string, meddling: Meddling = {}): ModuleProxy {
  return {
    name,
    async start({ origin }) {
      const sockets = new Set<Socket>();
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.once('close', () => sockets.delete(socket));
        relayConnection(socket, origin.port, meddling);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return {
        ports: { ws: (server.address() as AddressInfo).port },
        async close() {
          for (const socket of sockets) socket.destroy();
          await new Promise((resolve) => server.close(resolve));
        },
      };
    },
  };
}
