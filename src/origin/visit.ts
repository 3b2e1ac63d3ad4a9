import { type SeenPiece, sampleOf } from '../wire/body.ts';
import { now } from '../wire/clock.ts';
import { encodeFrame, Opcode } from '../wire/frame.ts';
import type { Field, ResponseHead } from '../wire/head.ts';
import type { Message } from '../wire/message.ts';
import { Peer, type PeerOptions } from '../wire/peer.ts';
import type { Exchange, MemoryJournal } from './journal.ts';
import { LIMITS } from './limits.ts';
import { agreesToDeflate, answerHead, type Occasion, switchFields, switchHead } from './reply-head.ts';
import type { Scene } from './scene.ts';
import type { BodyWriter, Underlay } from './underlay.ts';

/** ms between two looks at whether a stall is over. */
const STALL_STEP = 20;

/** What a scene does with each message. */
type Talk = (message: Message, peer: Peer) => void;

/** One exchange in the hands of a scene. */
export class Visit {
  readonly exchange: Exchange;
  readonly scene: Scene;
  readonly under: Underlay;
  readonly #journal: MemoryJournal;
  /** The field by which the client knows that the answer is the origin's. */
  readonly stamp: Field;

  constructor(exchange: Exchange, scene: Scene, under: Underlay, journal: MemoryJournal, stamp: string) {
    this.exchange = exchange;
    this.scene = scene;
    this.under = under;
    this.#journal = journal;
    this.stamp = ['X-Wsproof-Origin', stamp];
  }

  /** The scene's number, or the usual one; never above the cap. */
  ms(value: number | undefined, usual: number): number {
    return Math.min(value ?? usual, LIMITS.delay);
  }

  /** Waits; resolves to false when there is nobody left to answer. */
  async pause(ms: number): Promise<boolean> {
    const { link } = this.under;
    // The end of what the other side has to say (END_STREAM of a plain request) is not the end of its interest.
    const heard = (): boolean => link.stream.writable && link.ending?.how !== 'rst';
    if (ms <= 0) return heard();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        link.stream.off('close', done);
        resolve(heard());
      };
      const timer = setTimeout(done, ms);
      link.stream.on('close', done);
    });
  }

  #replied(head: ResponseHead): void {
    this.exchange.reply = head;
    this.exchange.repliedAt = now();
    this.#journal.changed(this.exchange);
  }

  get #occasion(): Occasion {
    return { request: this.exchange.head, scene: this.scene, stamp: this.stamp };
  }

  /** What stands in a 101 besides the scene's own fields. */
  switchFields(): Field[] {
    return switchFields(this.#occasion);
  }

  /** Switches to another protocol than that of RFC 6455: what comes behind the head is the scene's own affair. */
  async switchTo(head: ResponseHead, glued: Buffer): Promise<void> {
    this.exchange.glued = glued.length;
    this.#replied(head);
    await this.under.switch(head, glued, this.scene.split === true);
  }

  /** Something about the exchange is new. */
  changed(): void {
    this.#journal.changed(this.exchange);
  }

  /**
   * Opens the WebSocket: writes the 101 as the scene wants it and hands over the conversation.
   * @param auto see {@link PeerOptions.auto}
   * @throws Error when there is nobody left to answer: what was not sent must not stand in the journal
   */
  async accept(onMessage?: Talk, auto = true): Promise<Peer> {
    if (!(await this.pause(this.ms(this.scene.late, 0)))) throw new Error('the other side has gone');
    const { greeting } = this.scene;
    const first = greeting ? { opcode: Opcode.text, payload: Buffer.from(greeting) } : undefined;
    const glued = first ? encodeFrame(first) : Buffer.alloc(0);
    await this.switchTo(switchHead(this.#occasion), glued);
    return this.#converse(onMessage, auto, first);
  }

  /** The conversation behind the 101, and what the journal is told of it. */
  #converse(onMessage: Talk | undefined, auto: boolean, glued: PeerOptions['glued']): Peer {
    const { exchange } = this;
    let due = false;
    // Early bytes are heard while the peer is still being made, and many frames are one change.
    const changed = (): void => {
      if (due) return;
      due = true;
      queueMicrotask(() => {
        due = false;
        this.#watch(peer);
      });
    };
    const peer: Peer = new Peer(
      this.under.link,
      {
        role: 'server',
        auto,
        deflate: agreesToDeflate(this.#occasion),
        takeover: this.scene.takeover === true,
        onFrame: changed,
        onBytes: changed,
        onMessage: (message, talker) => {
          exchange.messages++;
          try {
            onMessage?.(message, talker);
          } catch {
            // A scene that stumbles ends its own connection, and not the origin.
            talker.link.destroy();
          }
        },
        onEnd: changed,
        onLeave: changed,
        ...(glued ? { glued } : {}),
      },
      this.under.rest,
    );
    exchange.frames = peer.frames;
    this.#watch(peer);
    return peer;
  }

  #watch(peer: Peer): void {
    const { exchange } = this;
    if (peer.violation !== undefined) exchange.violation = peer.violation;
    if (peer.link.ending) exchange.ending = peer.link.ending;
    if (peer.link.leaving) exchange.left = peer.link.leaving;
    exchange.pending = peer.pending;
    exchange.bytesIn = peer.link.bytesIn;
    exchange.bytesOut = peer.link.bytesOut;
    this.#journal.changed(exchange);
  }

  /** Answers without switching, with the stamp and the scene's fields. */
  async refuse(status: number, fields: readonly Field[], body: Buffer, chunked = false): Promise<void> {
    if (!(await this.pause(this.ms(this.scene.late, 0)))) return;
    const framing: Field = chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.length)];
    const head = answerHead(this.#occasion, status, [...fields, ...(this.scene.fields ?? []), framing]);
    this.exchange.replyBody = sampleOf(body);
    this.#replied(head);
    await this.under.answer(head, body, { chunked, split: this.scene.split === true });
  }

  /** Begins a 200 whose body comes piece by piece; the journal notes when each was written. */
  stream(fields: readonly Field[]): BodyWriter {
    // RFC 9112 §6.1: no chunks for a request of HTTP/1.0; there the end of the connection is the end of the body.
    const chunked = this.exchange.head.version === 'HTTP/1.1';
    const framing: Field[] = chunked ? [['Transfer-Encoding', 'chunked']] : [];
    const head = answerHead(this.#occasion, 200, [...fields, ...(this.scene.fields ?? []), ...framing]);
    const pieces: SeenPiece[] = [];
    this.exchange.pieces = pieces;
    this.#replied(head);
    const body = this.under.stream(head);
    return {
      write: (piece) => {
        if (pieces.length < LIMITS.pieces) pieces.push({ length: piece.length, at: now() });
        body.write(piece);
        this.#journal.changed(this.exchange);
      },
      end: () => body.end(),
    };
  }

  /** What arrived, told to the client through the very proxy that may have broken it. */
  async report(why: string, status: number, fields: readonly Field[]): Promise<void> {
    const { start, fields: seen } = this.exchange.head;
    const body = Buffer.from(`${JSON.stringify({ wsproof: 'origin', why, start, fields: seen }, null, 2)}\n`);
    const fixed: Field[] = [
      ['Content-Type', 'application/json'],
      ['Cache-Control', 'no-store'],
    ];
    await this.refuse(status, [...fixed, ...fields], body);
  }

  /** Waits until another exchange ends this one's stall, the other side has gone, or so many ms are over. */
  async stall(most: number): Promise<void> {
    this.exchange.stalled = true;
    this.#journal.changed(this.exchange);
    for (let waited = 0; this.exchange.stalled && waited < most; waited += STALL_STEP) {
      if (!(await this.pause(STALL_STEP))) return;
    }
  }

  /** Ends without an answer. */
  hangUp(how: 'fin' | 'rst'): void {
    this.exchange.hungUp = how;
    this.#journal.changed(this.exchange);
    this.under.drop(how);
  }

  /** Notes that bytes came behind the answer that are no request. */
  strayed(bytes: number): void {
    this.exchange.stray = bytes;
    this.changed();
  }

  /** Notes how the connection ended when no WebSocket was opened on it. */
  ended(): void {
    const { ending } = this.under.link;
    if (ending) this.exchange.ending = ending;
    this.#journal.changed(this.exchange);
  }
}
