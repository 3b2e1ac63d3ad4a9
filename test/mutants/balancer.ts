import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import { endOfHead, parseRequestHead, parseResponseHead, type RequestHead } from '../../src/wire/head.ts';
import { type Ending, type Link, socketLink } from '../../src/wire/link.ts';
import { withFields } from './mutant.ts';
import { answerItself, endAs } from './relay.ts';

/** One client connection and where it goes. */
export interface Line {
  readonly client: Link;
  readonly request: RequestHead;
  /** The request as it came, with the bytes behind its head. */
  readonly bytes: Buffer;
  /** The ports of the two origins, and the index of the one that was chosen. */
  readonly ports: readonly [number, number];
  readonly chosen: 0 | 1;
  /** Opens a connection that ends with the balancer. */
  readonly open: (port: number) => Socket;
  /** The connection to the origin; bytes of the client go there. */
  origin: Link;
}

/** Where a balancer may do something else than choose well. */
export interface Flaws {
  /** Default: the origin that the client's cookie names, else each in turn. */
  readonly choose?: (turn: number) => 0 | 1;
  /** The chosen origin refuses the connection. Default: the other one gets the request. */
  readonly refused?: (line: Line) => void;
  /** The origin ended without an answer; `next` sends the request to the other one, if that was not tried. Default: 502. */
  readonly hungUp?: (line: Line, next: (() => void) | undefined) => void;
  /** The origin has answered. */
  readonly answered?: (line: Line) => void;
  /** The origin ended after its answer. Default: the client's side ends in the same way. */
  readonly died?: (line: Line, ending: Ending) => void;
  /** Bytes of the client behind its request. Default: to the origin. */
  readonly up?: (chunk: Buffer, line: Line) => void;
}

const other = (index: 0 | 1): 0 | 1 => (index === 0 ? 1 : 0);

/** Which of the two this request goes to, by what the client was given with its first answer. */
const remembered = (request: RequestHead): 0 | 1 | undefined =>
  (
    /\borigin=([01])\b/
      .exec(request.get('cookie') ?? '')
      ?.slice(1)
      .map(Number) as (0 | 1)[] | undefined
  )?.[0];

const badGateway = (line: Line): void => answerItself(line.client, '502 Bad Gateway');

/** The answer with a cookie that leads the client back to the same origin. */
function withCookie(bytes: Buffer, end: number, chosen: number): Buffer {
  const head = parseResponseHead(bytes.subarray(0, end));
  const cooked = withFields(head, (fields) => [...fields, ['Set-Cookie', `origin=${chosen}; Path=/`]]);
  return Buffer.concat([cooked.toBytes(), bytes.subarray(end)]);
}

/** Sends the request of a line to one of the origins. */
function send(line: Omit<Line, 'origin' | 'chosen'>, chosen: 0 | 1, flaws: Flaws, tries: number): void {
  let answer: Buffer | undefined = Buffer.alloc(0);
  const next = tries > 1 ? (): void => send(line, other(chosen), flaws, tries - 1) : undefined;
  const socket = line.open(line.ports[chosen]);
  const refused = (): void => {
    if (flaws.refused) flaws.refused(whole);
    else if (next) next();
    else badGateway(whole);
  };
  const origin = socketLink(socket, {
    onData: (chunk) => {
      if (!answer) return void line.client.write(chunk);
      answer = Buffer.concat([answer, chunk]);
      const end = endOfHead(answer);
      if (end < 0) return;
      line.client.write(withCookie(answer, end, chosen));
      answer = undefined;
      flaws.answered?.(whole);
    },
    onEnd: (ending) => {
      if (ending.detail === 'ECONNREFUSED') refused();
      else if (answer && flaws.hungUp) flaws.hungUp(whole, next);
      else if (answer) badGateway(whole);
      else if (flaws.died) flaws.died(whole, ending);
      else endAs(line.client, ending);
    },
  });
  const whole: Line = { ...line, chosen, origin };
  line.client.redirect({
    onData: (chunk) => (flaws.up ? flaws.up(chunk, whole) : whole.origin.write(chunk)),
    onEnd: (ending) => endAs(whole.origin, ending),
  });
  origin.write(line.bytes);
}

/**
 * An in-process balancer over two origins that chooses one for each connection, and remembers it by a cookie.
 * @param flawed a function when the flaw has a memory of its own: it is called at each start
 */
export function balancer(name: string, flawed: Flaws | (() => Flaws) = {}): ModuleProxy {
  return {
    name,
    async start({ origin, secondOrigin }) {
      const flaws = typeof flawed === 'function' ? flawed() : flawed;
      const ports = [origin.port, secondOrigin!.port] as const;
      const sockets = new Set<Socket>();
      let turn = 0;
      const track = (socket: Socket): Socket => {
        sockets.add(socket);
        socket.on('error', () => {});
        return socket.once('close', () => sockets.delete(socket));
      };
      const open = (port: number): Socket =>
        track(connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        let bytes: Buffer = Buffer.alloc(0);
        const onData = (chunk: Buffer): void => {
          bytes = Buffer.concat([bytes, chunk]);
          const end = endOfHead(bytes);
          if (end < 0) return;
          const request = parseRequestHead(bytes.subarray(0, end));
          const inTurn = (turn++ % 2) as 0 | 1;
          const chosen = flaws.choose ? flaws.choose(inTurn) : (remembered(request) ?? inTurn);
          send({ client, request, bytes, ports, open }, chosen, flaws, 2);
        };
        const client = socketLink(track(socket), { onData, onEnd: () => client.destroy() });
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
