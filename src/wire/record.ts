import { hash } from 'node:crypto';
import { now } from './clock.ts';
import { type Frame, isControl, Opcode, parseClosePayload } from './frame.ts';

/** A frame with its direction and time, as it went over this end's wire. */
export interface SeenFrame extends Frame {
  readonly way: 'sent' | 'received';
  /** Bytes of the whole payload; `payload` keeps the first {@link KEPT_PAYLOAD} of them. */
  readonly length: number;
  /** SHA-1 of the whole payload, when more came than is kept, and no more than {@link DIGEST_LIMIT}. */
  readonly digest?: string;
  /** Which data message of its direction it belongs to, or which control frame of its direction it is; from 0. */
  readonly ordinal: number;
  /** On the monotonic clock, ms. */
  readonly at: number;
}

/** Frames of one direction that are kept: this many from its beginning, and as many from its end. */
export const KEPT_FRAMES = 32;
/** More than any control frame has (RFC 6455 §5.5). */
export const KEPT_PAYLOAD = 256;

/** Bytes beyond which a digest would cost more than it tells. */
const DIGEST_LIMIT = 4 * 1024 * 1024;

/** What of a conversation is kept for evidence: bounded, however long it lasts. */
export class FrameRecord {
  /** The first and last frames of both directions, in the order in which they went over this end's wire. */
  readonly frames: SeenFrame[] = [];
  readonly #kept = { sent: 0, received: 0 };
  readonly #messages = { sent: -1, received: -1 };
  readonly #controls = { sent: -1, received: -1 };

  note(frame: Frame, way: SeenFrame['way'], at = now()): SeenFrame {
    // Member by member: a hundred thousand frames pass here, and to spread them costs more than to write them.
    const { fin, rsv, opcode, masked, payload, overlong } = frame;
    const { length } = payload;
    const long = length > KEPT_PAYLOAD;
    const kept = long ? Buffer.from(payload.subarray(0, KEPT_PAYLOAD)) : payload;
    const ordinal = this.#ordinal(opcode, way);
    const usual: SeenFrame =
      long && length <= DIGEST_LIMIT
        ? { fin, rsv, opcode, masked, payload: kept, length, way, ordinal, at, digest: hash('sha1', payload) }
        : { fin, rsv, opcode, masked, payload: kept, length, way, ordinal, at };
    const seen = overlong ? { ...usual, overlong } : usual;
    this.frames.push(seen);
    if (++this.#kept[way] > 2 * KEPT_FRAMES) this.#forget(way);
    return seen;
  }

  #ordinal(opcode: number, way: SeenFrame['way']): number {
    if (isControl(opcode)) return ++this.#controls[way];
    if (opcode !== Opcode.continuation) this.#messages[way]++;
    return Math.max(0, this.#messages[way]);
  }

  /** Takes one away from the middle of a direction. */
  #forget(way: SeenFrame['way']): void {
    let before = KEPT_FRAMES;
    const middle = this.frames.findIndex((frame) => frame.way === way && before-- === 0);
    this.frames.splice(middle, 1);
    this.#kept[way]--;
  }
}

/** The first frame of this opcode that went this way; among those that are kept. */
export function firstOf(frames: readonly SeenFrame[], way: SeenFrame['way'], opcode: number): SeenFrame | undefined {
  return frames.find((frame) => frame.way === way && frame.opcode === opcode);
}

/** What the first close frame that went this way says (RFC 6455 §7.1.5: it is the one that counts). */
export function closeIn(
  frames: readonly SeenFrame[],
  way: SeenFrame['way'],
): { code?: number; reason: string; at: number } | undefined {
  const frame = firstOf(frames, way, Opcode.close);
  return frame && { ...parseClosePayload(frame.payload), at: frame.at };
}
