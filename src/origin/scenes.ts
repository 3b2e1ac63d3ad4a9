import { Opcode } from '../wire/frame.ts';
import type { Field } from '../wire/head.ts';
import { MESSAGE_LIMIT } from '../wire/message.ts';
import type { Peer } from '../wire/peer.ts';
import { playBadSwitch } from './bad-switch.ts';
import { drip, echo } from './echo.ts';
import { playHixie75, playHixie76 } from './hixie.ts';
import { LIMITS } from './limits.ts';
import { pressure } from './pressure.ts';
import { refusalOf } from './refusal.ts';
import { playSession, type Sessions } from './sessions.ts';
import type { Visit } from './visit.ts';

/** A poll must never be answered from a cache (RFC 9111 §5.2.2.5). */
const FRESH: readonly Field[] = [['Cache-Control', 'no-store']];

type Play = (visit: Visit, sessions: Sessions) => Promise<unknown> | void;

/** Waits for the time of the next piece; false when there is nobody to send it to, or all is sent that may be. */
async function next(visit: Visit, i: number, usual = 0): Promise<boolean> {
  const { link } = visit.under;
  await link.drained();
  // A wait for nothing is over at once: without a turn of the loop now and then nobody else would have one.
  if (i % 64 === 63) await new Promise(setImmediate);
  return link.bytesOut < LIMITS.push && visit.pause(visit.ms(visit.scene.delay, usual));
}

/** A text that says the how-manieth it is, filled up to this many bytes. */
const numbered = (i: number, size: number): string => `${i} `.padEnd(Math.min(size, MESSAGE_LIMIT.bytes), '.');

/** An answer in `count` pieces, one every `delay`. */
async function inPieces(visit: Visit, type: string, piece: (index: number) => string): Promise<void> {
  const { count = 5 } = visit.scene;
  // RFC 10036 §3: the field asks intermediaries to forward the body as it arrives.
  const body = visit.stream([
    ['Content-Type', type],
    ['Cache-Control', 'no-cache'],
    ['Incremental', '?1'],
  ]);
  for (let i = 0; i < count && (await next(visit, i, 100)); i++) body.write(Buffer.from(piece(i)));
  body.end();
}

/** Answers in HTTP, whether or not an upgrade was asked for. */
const answering: Record<string, Play> = {
  /** A refusal with the scene's status, fields and body. */
  reject: (visit) => {
    const { status = 403, body = '', chunked = false } = visit.scene;
    return visit.refuse(status, body ? [['Content-Type', 'text/plain']] : [], Buffer.from(body), chunked);
  },
  /** A 101 in any case, with what the scene has for its fields. */
  switch: playBadSwitch,
  /** What a poll is answered: 200 and `body`, after `late`. */
  poll: (visit) => visit.refuse(200, [...FRESH, ['Content-Type', 'text/plain']], Buffer.from(visit.scene.body ?? '')),
  /** The handshakes and the frames of 2009 and 2010. */
  'hixie-75': playHixie75,
  'hixie-76': playHixie76,
  /** Polling, and then a WebSocket. */
  session: playSession,
  /** Server-sent events: `count` of them, one every `delay`. */
  events: (visit) => inPieces(visit, 'text/event-stream', (i) => `data: ${i}\n\n`),
  /** A download of `count` lines, one every `delay`. */
  stream: (visit) => inPieces(visit, 'text/plain', (i) => `piece ${i}\n`),
  /** The connection ends in order before any answer. */
  drop: async (visit) => (await visit.pause(visit.ms(visit.scene.delay, 0))) && visit.hangUp('fin'),
  /** The connection is reset before any answer. */
  abort: async (visit) => (await visit.pause(visit.ms(visit.scene.delay, 0))) && visit.hangUp('rst'),
  /** No answer at all. */
  hang: () => {},
  /** Bytes as they are, in place of an answer. */
  raw: async (visit) => {
    if (!(await visit.pause(visit.ms(visit.scene.late, 0)))) return;
    visit.under.link.write(Buffer.from(visit.scene.raw ?? '', 'base64url'));
  },
};

/** Opens the WebSocket, then plays its part; all of them echo what comes, unless silence or an end is the part. */
const conversing: Record<string, Play> = {
  echo: (visit) => visit.accept(echo(visit.scene)),
  /** Echoes each message in pieces of `size` bytes, which leave one after the other. */
  drip: (visit) => visit.accept(drip(visit.scene)),
  /** Takes everything, says nothing. */
  silent: (visit) => visit.accept(),
  /** Speaks first, after `delay`. */
  greet: async (visit) => {
    const peer = await visit.accept(echo(visit.scene));
    if (await visit.pause(visit.ms(visit.scene.delay, 0))) peer.send(visit.scene.text ?? 'hello from the origin');
  },
  /** Pings the client, `count` times with `delay` between. */
  ping: async (visit) => {
    const { count = 1, text = 'origin' } = visit.scene;
    const peer = await visit.accept(echo(visit.scene));
    for (let i = 0; i < count && (await next(visit, i)); i++) {
      peer.sendFrame({ opcode: Opcode.ping, payload: Buffer.from(text) });
    }
  },
  /** Sends unsolicited pongs (RFC 6455 §5.5.3), `count` of them, one every `delay`. */
  pong: async (visit) => {
    const { count = 1, delay, text = 'origin' } = visit.scene;
    const peer = await visit.accept(echo(visit.scene));
    for (let i = 0; i < count && (await visit.pause(visit.ms(delay, 0))); i++) {
      peer.sendFrame({ opcode: Opcode.pong, payload: Buffer.from(text) });
      await peer.link.drained();
    }
  },
  /** Closes with `code` and `closeReason`, after `delay`; without a code the close frame is empty. */
  close: async (visit) => {
    const peer = await visit.accept(echo(visit.scene));
    if (await visit.pause(visit.ms(visit.scene.delay, 0))) peer.sendClose(visit.scene.code, visit.scene.closeReason);
  },
  /** Closes when the first message has come. */
  'close-on-message': (visit) => visit.accept((_, peer) => peer.sendClose(visit.scene.code, visit.scene.closeReason)),
  /** Resets the connection when the first message has come. */
  reset: (visit) => visit.accept((_, peer) => peer.link.reset()),
  /** Ends the connection in order, without a close frame, when the first message has come. */
  vanish: (visit) => visit.accept((_, peer) => peer.link.finish()),
  ...pressure,
  /** Sends `count` messages of `size` bytes, one every `delay`. */
  push: async (visit) => {
    const { count = 10, size = 16 } = visit.scene;
    const peer = await visit.accept(echo(visit.scene));
    for (let i = 0; i < count && (await next(visit, i)); i++) peer.send(numbered(i, size));
  },
  /** From the first message on: `count` messages of `size` bytes, one every `delay`, even if the client has ended its side. */
  persist: async (visit) => {
    const { count = 1, size = 16 } = visit.scene;
    let begun = false;
    const go = async (peer: Peer): Promise<void> => {
      for (let i = 0; i < count && (await next(visit, i)); i++) peer.send(numbered(i, size));
      peer.link.finish();
    };
    await visit.accept((_, peer) => {
      if (!begun) void go(peer);
      begun = true;
    }, false);
  },
  /** At the first message: `count` messages of `size` bytes, a close frame and the end, all at once. */
  farewell: (visit) =>
    visit.accept((_, peer) => {
      const { count = 1, size = 16, code = 1000, closeReason } = visit.scene;
      for (let i = 0; i < count && peer.link.bytesOut < LIMITS.burst; i++) peer.send(numbered(i, size));
      peer.sendClose(code, closeReason);
      peer.link.finish();
    }),
};

/** Every part that the origin can play. */
export const SCENES: readonly string[] = [...Object.keys(answering), ...Object.keys(conversing)];

/** Plays the scene that the request asks for; a request whose upgrade got lost is told what arrived instead. */
export async function play(visit: Visit, sessions: Sessions): Promise<void> {
  const name = visit.scene.play ?? 'echo';
  if (Object.hasOwn(answering, name)) return void (await answering[name]!(visit, sessions));
  const refusal = refusalOf(visit.exchange.head, visit.scene.strict);
  if (refusal) return visit.report(refusal.why, refusal.status, refusal.fields);
  await (Object.hasOwn(conversing, name) ? conversing[name]! : conversing.echo!)(visit, sessions);
}
