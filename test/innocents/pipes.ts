import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import type { ModuleProxy } from '../../src/proxies/proxy.ts';

/** ms that open connections get for an orderly end. */
const GRACE = 200;

/** A balancer of layer 4: it knows bytes and nothing of HTTP. What comes in one direction goes through `shape`. */
function pipe(name: string, shape: () => Transform): ModuleProxy {
  return {
    name,
    async start({ origin }) {
      const sockets = new Set<Socket>();
      const track = (socket: Socket): Socket => {
        sockets.add(socket);
        return socket.on('error', () => {}).once('close', () => sockets.delete(socket));
      };
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
        const upstream = connect({ ...origin, allowHalfOpen: true, noDelay: true });
        pipeline(track(client), shape(), track(upstream), () => {});
        pipeline(upstream, shape(), client, () => {});
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return {
        ports: { ws: (server.address() as AddressInfo).port },
        async close() {
          for (const socket of sockets) socket.end();
          const late = setTimeout(() => sockets.forEach((socket) => void socket.destroy()), GRACE);
          await new Promise((resolve) => server.close(resolve));
          clearTimeout(late);
        },
      };
    },
  };
}

/** Bytes that may be on their way in one direction: more has to wait. */
const LINE = 1024 * 1024;

/** Goes on as soon as the line has room: a stream that pushes later than it is written to does not wait by itself. */
function whenThereIsRoom(stream: Transform, underWay: () => number, ms: number, done: () => void): void {
  if (stream.destroyed) return;
  if (stream.readableLength + underWay() < LINE) done();
  else setTimeout(() => whenThereIsRoom(stream, underWay, ms, done), ms);
}

/** Everything comes so many ms later, in its order. */
function delay(ms: number): Transform {
  let held = 0;
  return new Transform({
    transform(chunk, _, done) {
      held += chunk.length;
      setTimeout(() => {
        held -= chunk.length;
        this.push(chunk);
      }, ms);
      whenThereIsRoom(this, () => held, ms, done);
    },
    flush: (done) => void setTimeout(done, ms),
  });
}

/** Segments of this many bytes, each in a turn of its own; what is left of a long chunk goes as it came. */
const segments = (size: number): Transform =>
  new Transform({
    async transform(chunk: Buffer, _, done) {
      for (let piece = 0; piece < 10 && chunk.length > size; piece++) {
        this.push(chunk.subarray(0, size));
        chunk = chunk.subarray(size);
        await new Promise(setImmediate);
      }
      done(null, chunk);
    },
  });

/** What comes within so many ms goes out as one. */
function gather(ms: number): Transform {
  const waiting: Buffer[] = [];
  const all = (): Buffer => Buffer.concat(waiting.splice(0));
  return new Transform({
    transform(chunk, _, done) {
      if (waiting.push(chunk) === 1) setTimeout(() => waiting.length > 0 && this.push(all()), ms);
      whenThereIsRoom(this, () => 0, ms, done);
    },
    flush(done) {
      done(null, all());
    },
  });
}

/** What makes most work of long messages. */
export const slicer = pipe('cuts-into-1000-bytes', () => segments(1000));

/** Proxies below HTTP that behave; what only a gateway can do is not theirs. */
export const pipes: readonly ModuleProxy[] = [
  pipe('is-20-ms-away', () => delay(20)),
  slicer,
  pipe('waits-for-more', () => gather(5)),
];
