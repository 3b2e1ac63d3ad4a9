import { isUtf8 } from 'node:buffer';
import { type DeflateContext, inflateMessage } from './deflate.ts';
import { type Frame, Opcode } from './frame.ts';

/** A whole data message (RFC 6455 §5.6). */
export interface Message {
  readonly type: 'text' | 'binary';
  readonly data: Buffer;
  /** How many frames carried it. */
  readonly frames: number;
  readonly compressed: boolean;
  /** When its last frame was here, ms on the monotonic clock. */
  readonly at: number;
}

/** What one message may come to; beyond it is dropped and reported, never buffered. */
export const MESSAGE_LIMIT = { bytes: 64 * 1024 * 1024, frames: 65_536 } as const;

/** Joins the frames of fragmented messages (RFC 6455 §5.4), legal or not. */
export class MessageReader {
  readonly #deflate: boolean;
  readonly #context: DeflateContext | undefined;
  readonly #broken: (rule: string) => void;
  #parts: Frame[] = [];
  #length = 0;

  /**
   * @param broken is told of a rule that a message breaks
   * @param context what compressed messages may refer to; without one each stands alone
   */
  constructor(deflate: boolean, broken: (rule: string) => void, context?: DeflateContext) {
    this.#deflate = deflate;
    this.#context = context;
    this.#broken = broken;
  }

  /** A message has begun and not ended. */
  get within(): boolean {
    return this.#parts.length > 0;
  }

  /** @returns the message that this data frame completes */
  push(frame: Frame, at: number): Message | undefined {
    this.#parts.push(frame);
    this.#length += frame.payload.length;
    if (this.#length > MESSAGE_LIMIT.bytes || this.#parts.length > MESSAGE_LIMIT.frames) {
      this.#broken(`a message of more than ${MESSAGE_LIMIT.bytes} bytes or ${MESSAGE_LIMIT.frames} frames`);
      this.#take();
      return undefined;
    }
    return frame.fin ? this.#join(this.#take(), at) : undefined;
  }

  #take(): Frame[] {
    const parts = this.#parts;
    this.#parts = [];
    this.#length = 0;
    return parts;
  }

  #join(parts: Frame[], at: number): Message {
    const { opcode, rsv, payload } = parts[0]!;
    const compressed = rsv === 4 && this.#deflate;
    const joined = parts.length === 1 ? payload : Buffer.concat(parts.map((part) => part.payload));
    const data = compressed ? this.#inflate(joined) : joined;
    if (opcode === Opcode.text && !isUtf8(data)) this.#broken('a text message that is not UTF-8 (RFC 6455 §5.6)');
    return { type: opcode === Opcode.binary ? 'binary' : 'text', data, frames: parts.length, compressed, at };
  }

  #inflate(payload: Buffer): Buffer {
    try {
      return inflateMessage(payload, MESSAGE_LIMIT.bytes, this.#context);
    } catch {
      this.#broken('a compressed message that does not inflate (RFC 7692 §7.2.2)');
      return Buffer.alloc(0);
    }
  }
}
