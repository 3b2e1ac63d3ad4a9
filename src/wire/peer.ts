import { DeflateContext, deflateMessage } from './deflate.ts';
import {
  closePayload,
  encodeFrame,
  type Frame,
  type FrameInit,
  FrameReader,
  framesOf,
  isControl,
  MaskingKeys,
  Opcode,
  parseClosePayload,
} from './frame.ts';
import { Inbox } from './inbox.ts';
import { describeEnding, type Ending, type Link } from './link.ts';
import { withDeadline } from './mailbox.ts';
import { type Message, MessageReader } from './message.ts';
import { FrameRecord, type SeenFrame } from './record.ts';
import { brokenRule } from './rules.ts';
import { Unexpected } from './unexpected.ts';

/** How the conversation ended for this end. */
export interface Closing {
  /** From the close frame of the other side; undefined when none came (what browsers call 1006). */
  readonly code?: number;
  readonly reason: string;
  /** Whether a close frame came at all, with or without a code in it. */
  readonly frame: boolean;
  readonly ending: Ending;
}

/** Which end a peer is, what it does by itself, and who is told of it. */
export interface PeerOptions {
  /** RFC 6455 §5.1: a client masks, a server does not. */
  readonly role: 'client' | 'server';
  /** Answer pings, the closing handshake and the far side's FIN, as RFC 6455 §5.5 asks. Default true. */
  readonly auto?: boolean;
  /** permessage-deflate was agreed upon: RSV1 is legal and messages are inflated (RFC 7692). */
  readonly deflate?: boolean;
  /** Its messages may refer to those before them (RFC 7692 §7.1.1). */
  readonly takeover?: boolean;
  readonly onFrame?: (frame: SeenFrame) => void;
  /** Bytes have come, whether or not they were a whole frame. */
  readonly onBytes?: () => void;
  readonly onMessage?: (message: Message, peer: Peer) => void;
  readonly onEnd?: (ending: Ending) => void;
  readonly onLeave?: (leaving: Ending) => void;
  /** A frame that went out together with the head, before there was a peer to send it; `at` as in {@link SeenFrame}. */
  readonly glued?: FrameInit & { readonly at?: number };
}

/** How a message is written. */
export interface SendOptions {
  /** Cut the payload into this many frames. */
  readonly fragments?: number;
  readonly rsv?: number;
}

/** See {@link Peer.dripFrame}. */
const MOST_PIECES = 256;

/** One end of an open WebSocket, with the freedom to break its rules. */
export class Peer {
  readonly link: Link;
  readonly #options: PeerOptions;
  readonly #reader = new FrameReader();
  readonly #record = new FrameRecord();
  readonly #keys = new MaskingKeys();
  readonly #joiner: MessageReader;
  /** What the compressed messages of this end may refer to. */
  readonly #said: DeflateContext | undefined;
  readonly #inbox: Inbox;
  #closeReceived: { code?: number; reason: string } | undefined;
  #closeSent = false;

  constructor(link: Link, options: PeerOptions, rest: Buffer = Buffer.alloc(0)) {
    this.link = link;
    this.#options = options;
    this.#inbox = new Inbox(link);
    const [said, heard] = options.takeover ? [new DeflateContext(), new DeflateContext()] : [];
    this.#said = said;
    this.#joiner = new MessageReader(options.deflate ?? false, (rule) => this.#inbox.break(rule), heard);
    const onEnd = (ending: Ending): void => {
      const cause = new Unexpected('the connection to stay open', describeEnding(ending, this.#closeReceived), 'ended');
      this.#inbox.close(cause);
      if (this.#auto) link.finish();
      options.onEnd?.(ending);
    };
    const { onLeave, glued } = options;
    link.redirect({ onData: (chunk) => this.#onData(chunk), onEnd, ...(onLeave ? { onLeave } : {}) });
    if (glued) this.#noteSent(glued, glued.at);
    if (rest.length > 0) this.#onData(rest);
    if (link.ending) onEnd(link.ending);
  }

  /** The first and last frames that this end sent and received. */
  get frames(): readonly SeenFrame[] {
    return this.#record.frames;
  }

  /** The first rule of RFC 6455 that the other side broke. */
  get violation(): string | undefined {
    return this.#inbox.violation;
  }

  /** Bytes that came and are no whole frame yet. */
  get pending(): number {
    return this.#reader.pending;
  }

  get #auto(): boolean {
    return this.#options.auto ?? true;
  }

  #onData(chunk: Buffer): void {
    // The answers to what came together leave together.
    this.link.stream.cork();
    for (const frame of this.#reader.push(chunk)) this.#onFrame(frame);
    this.link.stream.uncork();
    this.#options.onBytes?.();
    if (this.#reader.broken === undefined) return;
    this.#inbox.break(this.#reader.broken);
    this.link.reset();
  }

  #keep(frame: Frame, way: SeenFrame['way'], at?: number): SeenFrame {
    const seen = this.#record.note(frame, way, at);
    this.#options.onFrame?.(seen);
    return seen;
  }

  #onFrame(frame: Frame): void {
    const { role, deflate = false } = this.#options;
    const rule = brokenRule(frame, {
      from: role === 'server' ? 'client' : 'server',
      deflate,
      within: this.#joiner.within,
    });
    const seen = this.#keep(frame, 'received');
    if (rule) this.#inbox.break(rule);
    if (isControl(frame.opcode)) return this.#onControl(seen);
    const message = this.#joiner.push(frame, seen.at);
    if (message) this.#onMessage(message);
  }

  #onControl(frame: SeenFrame): void {
    if (frame.opcode === Opcode.close && !this.#closeReceived) {
      this.#closeReceived = parseClosePayload(frame.payload);
      // RFC 6455 §5.5.1: the code that came is sent back, if one came.
      if (this.#auto && !this.#closeSent) this.sendClose(this.#closeReceived.code);
      // RFC 6455 §7.1.1: the server closes the TCP connection first.
      if (this.#auto && this.#options.role === 'server') this.link.finish();
    }
    if (frame.opcode === Opcode.ping && this.#auto) {
      this.sendFrame({ opcode: Opcode.pong, payload: frame.payload });
      // Whoever pings without reading the pongs has to wait.
      void this.link.throttle();
    }
    this.#inbox.putControl(frame);
  }

  #onMessage(message: Message): void {
    if (this.#options.onMessage) this.#options.onMessage(message, this);
    else this.#inbox.putMessage(message);
  }

  /** What a client masks a frame with, each with a new one (RFC 6455 §5.3). */
  #key(): Buffer | undefined {
    return this.#options.role === 'client' ? this.#keys.next() : undefined;
  }

  /** Writes one frame, masked when we are the client unless `mask: undefined` is given in so many words. */
  sendFrame(frame: FrameInit): boolean {
    const mask = 'mask' in frame ? frame.mask : this.#key();
    if (frame.opcode === Opcode.close) this.#closeSent = true;
    // What cannot go out any more was not sent, and evidence must not say so.
    if (!this.link.writable) return true;
    const masked = { ...frame, mask };
    this.#noteSent(masked);
    return this.link.write(encodeFrame(masked));
  }

  /**
   * As {@link sendFrame}, but the bytes leave in pieces of this many, each in a turn of its own; behind the first
   * {@link MOST_PIECES} the rest leaves at once. Nothing else must be sent meanwhile.
   */
  async dripFrame(frame: FrameInit, size: number): Promise<void> {
    const mask = this.#key();
    this.#noteSent({ ...frame, mask });
    let bytes = encodeFrame({ ...frame, mask });
    for (let i = 0; i < MOST_PIECES && bytes.length > 0; i++) {
      this.link.write(bytes.subarray(0, size));
      bytes = bytes.subarray(size);
      await new Promise(setImmediate);
    }
    if (bytes.length > 0) this.link.write(bytes);
  }

  #noteSent({ fin = true, rsv = 0, opcode, payload = Buffer.alloc(0), mask }: FrameInit, at?: number): void {
    this.#keep({ fin, rsv, opcode, masked: mask !== undefined, payload }, 'sent', at);
  }

  /** Sends a message: a string as text, a Buffer as binary. */
  send(data: string | Buffer, options?: SendOptions): boolean {
    return typeof data === 'string'
      ? this.sendMessage(Opcode.text, Buffer.from(data, 'utf8'), options)
      : this.sendMessage(Opcode.binary, data, options);
  }

  /** Sends a message compressed (RFC 7692 §6.1), which has to be agreed upon. */
  sendCompressed(opcode: number, data: Buffer, options?: Pick<SendOptions, 'fragments'>): boolean {
    return this.sendMessage(opcode, deflateMessage(data, this.#said), { ...options, rsv: 4 });
  }

  /** Sends a payload as a message of this opcode, compressed or not. */
  sendMessage(opcode: number, payload: Buffer, { fragments = 1, rsv = 0 }: SendOptions = {}): boolean {
    let roomy = true;
    for (const frame of framesOf(opcode, payload, fragments, rsv)) roomy = this.sendFrame(frame);
    return roomy;
  }

  /**
   * The next data message.
   * @param within ms
   * @throws Unexpected when none comes in time, the connection ends, or the other side broke RFC 6455
   */
  receive(within: number, what = 'a message'): Promise<Message> {
    return this.#inbox.message(within, what);
  }

  /** The next control frame of this opcode; others are passed over. Limits and errors as {@link receive}. */
  control(opcode: number, within: number, what: string): Promise<SeenFrame> {
    return this.#inbox.control(opcode, within, what);
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
