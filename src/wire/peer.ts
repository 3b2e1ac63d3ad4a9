import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { now } from './clock.ts';
import { inflateMessage } from './deflate.ts';
import {
  closePayload,
  encodeFrame,
  type Frame,
  type FrameInit,
  FrameReader,
  isControl,
  Opcode,
  parseClosePayload,
} from './frame.ts';
import type { Ending, Link } from './link.ts';
import { Mailbox, withDeadline } from './mailbox.ts';
import { Unexpected } from './unexpected.ts';

/** A frame with its direction and time, as it went over this end's wire. */
export interface SeenFrame extends Frame {
  readonly way: 'sent' | 'received';
  /** Bytes of the whole payload; `payload` keeps the first {@link KEPT_PAYLOAD} of them. */
  readonly length: number;
  /** On the monotonic clock, ms. */
  readonly at: number;
}

export interface Message {
  readonly type: 'text' | 'binary';
  readonly data: Buffer;
  /** How many frames carried it. */
  readonly frames: number;
  readonly compressed: boolean;
  readonly at: number;
}

/** How the conversation ended for this end. */
export interface Closing {
  /** From the close frame of the other side; undefined when none came (what browsers call 1006). */
  readonly code?: number;
  readonly reason: string;
  /** Whether a close frame came at all, with or without a code in it. */
  readonly frame: boolean;
  readonly ending: Ending;
}

export interface PeerOptions {
  /** RFC 6455 §5.1: a client masks, a server does not. */
  readonly role: 'client' | 'server';
  /** Answer pings, the closing handshake and the far side's FIN, as RFC 6455 §5.5 asks. Default true. */
  readonly auto?: boolean;
  /** permessage-deflate was agreed upon: RSV1 is legal and messages are inflated (RFC 7692). */
  readonly deflate?: boolean;
  readonly onFrame?: (frame: SeenFrame) => void;
  readonly onMessage?: (message: Message) => void;
  readonly onEnd?: (ending: Ending) => void;
}

export interface SendOptions {
  /** Cut the payload into this many frames. */
  readonly fragments?: number;
  readonly rsv?: number;
}

const MESSAGE_LIMIT = 64 * 1024 * 1024;
/** Frames kept for evidence: the first and the last of them. */
const KEPT_FRAMES = 64;
const KEPT_PAYLOAD = 1024;

/** One end of an open WebSocket, with the freedom to break its rules. */
export class Peer {
  readonly link: Link;
  /** The first and last frames that this end sent and received. */
  readonly frames: SeenFrame[] = [];
  /** A rule of RFC 6455 that the other side broke; the first one. */
  violation: string | undefined;
  readonly #options: PeerOptions;
  readonly #reader = new FrameReader();
  readonly #messages = new Mailbox<Message>();
  readonly #controls = new Mailbox<SeenFrame>();
  #parts: Frame[] = [];
  #closeReceived: { code?: number; reason: string } | undefined;
  #closeSent = false;

  constructor(link: Link, options: PeerOptions, rest: Buffer = Buffer.alloc(0)) {
    this.link = link;
    this.#options = options;
    const onEnd = (ending: Ending): void => {
      const cause = new Unexpected('the connection to stay open', describeEnding(ending, this.#closeReceived), 'ended');
      this.#messages.close(cause);
      this.#controls.close(cause);
      if (this.#auto) link.finish();
      options.onEnd?.(ending);
    };
    link.redirect({ onData: (chunk) => this.#onData(chunk), onEnd });
    if (rest.length > 0) this.#onData(rest);
    if (link.ending) onEnd(link.ending);
  }

  get #auto(): boolean {
    return this.#options.auto ?? true;
  }

  #onData(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) this.#onFrame(frame);
    } catch (error) {
      this.#break((error as Error).message);
      this.link.reset();
    }
  }

  #break(rule: string): void {
    this.violation ??= rule;
  }

  #keep(frame: Frame, way: SeenFrame['way']): SeenFrame {
    const { payload } = frame;
    const kept = payload.length > KEPT_PAYLOAD ? Buffer.from(payload.subarray(0, KEPT_PAYLOAD)) : payload;
    const seen = { ...frame, payload: kept, length: payload.length, way, at: now() };
    this.frames.push(seen);
    if (this.frames.length > 2 * KEPT_FRAMES) this.frames.splice(KEPT_FRAMES, 1);
    this.#options.onFrame?.(seen);
    return seen;
  }

  #onFrame(frame: Frame): void {
    const seen = this.#keep(frame, 'received');
    this.#judge(frame);
    if (isControl(frame.opcode)) this.#onControl(seen);
    else this.#onPart(frame, seen.at);
  }

  /** RFC 6455 §5: what an endpoint must fail the connection for. It is noted, not acted on. */
  #judge(frame: Frame): void {
    const { role, deflate } = this.#options;
    if (frame.masked !== (role === 'server'))
      this.#break(
        frame.masked
          ? 'a masked frame from the server (RFC 6455 §5.1)'
          : 'an unmasked frame from the client (RFC 6455 §5.1)',
      );
    if (frame.rsv !== 0 && !(deflate && frame.rsv === 4))
      this.#break(`RSV bits ${frame.rsv} without an extension (RFC 6455 §5.2)`);
    if (![0, 1, 2, 8, 9, 10].includes(frame.opcode)) this.#break(`reserved opcode ${frame.opcode} (RFC 6455 §5.2)`);
    if (isControl(frame.opcode) && (!frame.fin || frame.payload.length > 125))
      this.#break('a fragmented or long control frame (RFC 6455 §5.5)');
    if (!isControl(frame.opcode) && (frame.opcode === 0) !== this.#parts.length > 0)
      this.#break('a continuation frame out of place (RFC 6455 §5.4)');
  }

  #onControl(frame: SeenFrame): void {
    if (frame.opcode === Opcode.close && !this.#closeReceived) {
      this.#closeReceived = parseClosePayload(frame.payload);
      if (this.#auto && !this.#closeSent) {
        this.sendFrame({ opcode: Opcode.close, payload: frame.payload.subarray(0, 2) });
      }
      // RFC 6455 §7.1.1: the server closes the TCP connection first.
      if (this.#auto && this.#options.role === 'server') this.link.finish();
    }
    if (frame.opcode === Opcode.ping && this.#auto) this.sendFrame({ opcode: Opcode.pong, payload: frame.payload });
    this.#controls.push(frame);
  }

  #onPart(frame: Frame, at: number): void {
    if (this.#parts.reduce((sum, part) => sum + part.payload.length, frame.payload.length) > MESSAGE_LIMIT) {
      this.#break(`a message of more than ${MESSAGE_LIMIT} bytes`);
      this.#parts = [];
      return;
    }
    this.#parts.push(frame);
    if (!frame.fin) return;
    const parts = this.#parts;
    this.#parts = [];
    const first = parts[0]!;
    const compressed = first.rsv === 4 && this.#options.deflate === true;
    const joined = parts.length === 1 ? first.payload : Buffer.concat(parts.map((part) => part.payload));
    const data = compressed ? this.#inflate(joined) : joined;
    if (first.opcode === Opcode.text && !isUtf8(data)) this.#break('a text message that is not UTF-8 (RFC 6455 §5.6)');
    const message: Message = {
      type: first.opcode === Opcode.binary ? 'binary' : 'text',
      data,
      frames: parts.length,
      compressed,
      at,
    };
    if (this.#options.onMessage) this.#options.onMessage(message);
    else this.#messages.push(message);
  }

  #inflate(payload: Buffer): Buffer {
    try {
      return inflateMessage(payload, MESSAGE_LIMIT);
    } catch {
      this.#break('a compressed message that does not inflate (RFC 7692 §7.2.2)');
      return Buffer.alloc(0);
    }
  }

  /** Writes one frame, masked when we are the client unless `mask: undefined` is given in so many words. */
  sendFrame(frame: FrameInit): boolean {
    const mask = 'mask' in frame ? frame.mask : this.#options.role === 'client' ? randomBytes(4) : undefined;
    if (frame.opcode === Opcode.close) this.#closeSent = true;
    const { fin = true, rsv = 0, opcode, payload = Buffer.alloc(0) } = frame;
    this.#keep({ fin, rsv, opcode, masked: mask !== undefined, payload }, 'sent');
    return this.link.write(encodeFrame({ ...frame, mask }));
  }

  /** Sends a message: a string as text, a Buffer as binary. */
  send(data: string | Buffer, { fragments = 1, rsv = 0 }: SendOptions = {}): boolean {
    const payload = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    const first = typeof data === 'string' ? Opcode.text : Opcode.binary;
    const size = Math.max(1, Math.ceil(payload.length / fragments));
    let roomy = true;
    for (let i = 0; i < fragments; i++) {
      roomy = this.sendFrame({
        opcode: i === 0 ? first : Opcode.continuation,
        fin: i === fragments - 1,
        rsv: i === 0 ? rsv : 0,
        payload: payload.subarray(i * size, i === fragments - 1 ? undefined : (i + 1) * size),
      });
    }
    return roomy;
  }

  /**
   * The next data message.
   * @param within ms
   * @throws Unexpected when none comes in time, the connection ends, or the other side broke RFC 6455
   */
  async receive(within: number, what = 'a message'): Promise<Message> {
    const message = await this.#messages.next(within, what);
    this.#assertLegal();
    return message;
  }

  /** The next control frame of this opcode; others are passed over. Limits and errors as {@link receive}. */
  async control(opcode: number, within: number, what: string): Promise<SeenFrame> {
    const deadline = now() + within;
    for (;;) {
      const frame = await this.#controls.next(Math.max(1, Math.ceil(deadline - now())), what);
      this.#assertLegal();
      if (frame.opcode === opcode) return frame;
    }
  }

  #assertLegal(): void {
    if (this.violation) throw new Unexpected('frames as RFC 6455 has them', `there came ${this.violation}`, 'protocol');
  }

  /** Sends a close frame (RFC 6455 §5.5.1) without waiting for the answer. */
  sendClose(code?: number, reason?: string): void {
    this.sendFrame({ opcode: Opcode.close, payload: closePayload(code, reason) });
  }

  /**
   * Waits until the other side has ended.
   * @param within ms
   * @throws Unexpected of kind `timeout`
   */
  async closed(within: number, what = 'the connection to end'): Promise<Closing> {
    const ending = await withDeadline(this.link.ended, within, what);
    return { ...(this.#closeReceived ?? { reason: '' }), frame: this.#closeReceived !== undefined, ending };
  }

  /** The closing handshake from this end (RFC 6455 §7.1.2): sends a close frame and waits for the end. */
  async close(within: number, code = 1000, reason?: string): Promise<Closing> {
    this.sendClose(code, reason);
    return this.closed(within, 'the closing handshake');
  }
}

/** The end of a connection in words: "the connection ended with FIN and no close frame". */
export function describeEnding(ending: Ending, close?: { code?: number; reason: string }): string {
  const how = `${ending.how.toUpperCase()}${ending.detail && ending.detail !== 'closed' ? ` (${ending.detail})` : ''}`;
  if (!close) return `the connection ended with ${how} and no close frame`;
  const reason = close.reason === '' ? '' : ` ${JSON.stringify(close.reason)}`;
  return `the connection was closed with ${close.code ?? 'no code'}${reason}, then ${how}`;
}
