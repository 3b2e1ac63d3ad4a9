import { randomBytes } from 'node:crypto';

/** RFC 6455 §5.2, and the registry in §11.8. */
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Bytes that a frame may announce. One beyond is reported, never buffered: no peer can fill the memory. */
const FRAME_LIMIT = 64 * 1024 * 1024;

/** A frame as it came (RFC 6455 §5.2). */
export interface Frame {
  readonly fin: boolean;
  /** The three reserved bits as a number, RSV1 = 4. */
  readonly rsv: number;
  readonly opcode: number;
  readonly masked: boolean;
  /** Its length took more bytes than it needs, which RFC 6455 §5.2 forbids. */
  readonly overlong?: true;
  /** Unmasked. */
  readonly payload: Buffer;
}

/** A frame as it is to be written, legal or not. Default: a final one without payload. */
export interface FrameInit {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly opcode: number;
  readonly payload?: Buffer;
  /** The masking key (RFC 6455 §5.3); without one the frame goes out unmasked. */
  readonly mask?: Buffer | undefined;
}

/** Whether frames of this opcode are control frames (RFC 6455 §5.5). */
export const isControl = (opcode: number): boolean => (opcode & 0x8) !== 0;

/**
 * Masking keys that nobody can predict (RFC 6455 §5.3). They are drawn many at a time: to ask for each costs more than all
 * else about a small frame.
 */
export class MaskingKeys {
  #drawn: Buffer = Buffer.alloc(0);

  next(): Buffer {
    if (this.#drawn.length === 0) this.#drawn = randomBytes(256);
    const key = this.#drawn.subarray(0, 4);
    this.#drawn = this.#drawn.subarray(4);
    return key;
  }
}

/** XOR in place (RFC 6455 §5.3). */
function applyMask(payload: Buffer, key: Buffer): void {
  // Most of a large payload goes by words, which have to be where memory has them.
  const lead = payload.length < 256 ? payload.length : -payload.byteOffset & 3;
  const count = (payload.length - lead) >> 2;
  for (let i = 0; i < lead; i++) payload[i]! ^= key[i & 3]!;
  if (count === 0) return;
  const words = new Int32Array(payload.buffer, payload.byteOffset + lead, count);
  const turned = Uint8Array.from([0, 1, 2, 3], (i) => key[(lead + i) & 3]!);
  const word = new Int32Array(turned.buffer)[0]!;
  for (let i = 0; i < count; i++) words[i]! ^= word;
  for (let i = lead + count * 4; i < payload.length; i++) payload[i]! ^= key[i & 3]!;
}

/** The bytes of one frame, legal or not: whatever is asked for is written (RFC 6455 §5.2). */
export function encodeFrame({ fin = true, rsv = 0, opcode, payload = Buffer.alloc(0), mask }: FrameInit): Buffer {
  const extended = payload.length < 126 ? 0 : payload.length < 65536 ? 2 : 8;
  const headLength = 2 + extended + (mask ? 4 : 0);
  const bytes = Buffer.allocUnsafe(headLength + payload.length);
  bytes[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  bytes[1] = (mask ? 0x80 : 0) | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  if (extended === 2) bytes.writeUInt16BE(payload.length, 2);
  if (extended === 8) bytes.writeBigUInt64BE(BigInt(payload.length), 2);
  payload.copy(bytes, headLength);
  if (mask) {
    mask.copy(bytes, headLength - 4);
    applyMask(bytes.subarray(headLength), mask);
  }
  return bytes;
}

/**
 * The frames of a message (RFC 6455 §5.4): all of the same length but the last, which has the rest.
 * @param rsv the reserved bits of the first one
 */
export function framesOf(opcode: number, payload: Buffer, count = 1, rsv = 0): (FrameInit & { payload: Buffer })[] {
  const size = Math.max(1, Math.ceil(payload.length / count));
  return Array.from({ length: count }, (_, i) => ({
    opcode: i === 0 ? opcode : Opcode.continuation,
    fin: i === count - 1,
    rsv: i === 0 ? rsv : 0,
    payload: payload.subarray(i * size, i === count - 1 ? undefined : (i + 1) * size),
  }));
}

/** The payload of a close frame (RFC 6455 §5.5.1); no code gives an empty payload. */
export function closePayload(code?: number, reason = ''): Buffer {
  if (code === undefined) return Buffer.alloc(0);
  const text = Buffer.from(reason, 'utf8');
  const payload = Buffer.alloc(2 + text.length);
  payload.writeUInt16BE(code);
  text.copy(payload, 2);
  return payload;
}

/** The code and the reason of a close frame (RFC 6455 §5.5.1); no code where the payload has no room for one. */
export function parseClosePayload(payload: Buffer): { code?: number; reason: string } {
  if (payload.length < 2) return { reason: '' };
  return { code: payload.readUInt16BE(), reason: payload.subarray(2).toString('utf8') };
}

/** The least length that is to be written in the form that these seven bits announce (RFC 6455 §5.2). */
const leastLength = (short: number): number => (short === 126 ? 126 : short === 127 ? 65_536 : 0);

/** Cuts a byte stream into frames. It judges nothing but length: illegal frames come out as they are. */
export class FrameReader {
  /** What a frame announced that is beyond {@link FRAME_LIMIT}: from there on nothing is read, and nothing buffered. */
  broken: string | undefined;
  #chunks: Buffer[] = [];
  #length = 0;

  /** Bytes that came and do not form a whole frame yet. */
  get pending(): number {
    return this.#length;
  }

  /** @returns the frames that are whole now, in order */
  push(chunk: Buffer): Frame[] {
    if (this.broken !== undefined) return [];
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  /** At least the first `count` bytes, without taking them; chunks are joined only where the first is too short. */
  #peek(count: number): Buffer {
    if (this.#chunks.length > 1 && this.#chunks[0]!.length < count) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #next(): Frame | undefined {
    if (this.#length < 2) return undefined;
    let bytes = this.#peek(Math.min(14, this.#length));
    const masked = (bytes[1]! & 0x80) !== 0;
    const short = bytes[1]! & 0x7f;
    const headLength = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (masked ? 4 : 0);
    if (this.#length < headLength) return undefined;
    const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (length > FRAME_LIMIT) {
      this.broken = `a frame that announces ${length} bytes`;
      this.#chunks = [];
      this.#length = 0;
      return undefined;
    }
    if (this.#length < headLength + length) return undefined;
    bytes = this.#peek(headLength + length);
    const payload = Buffer.from(bytes.subarray(headLength, headLength + length));
    if (masked) applyMask(payload, bytes.subarray(headLength - 4, headLength));
    const first = bytes[0]!;
    this.#chunks[0] = bytes.subarray(headLength + length);
    if (this.#chunks[0].length === 0) this.#chunks.shift();
    this.#length -= headLength + length;
    const frame = { fin: (first & 0x80) !== 0, rsv: (first >> 4) & 7, opcode: first & 0x0f, masked, payload };
    return length < leastLength(short) ? { ...frame, overlong: true } : frame;
  }
}
