import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** The offer and the answer that make each message stand alone (RFC 7692 §7.1.1). */
export const DEFLATE_ALONE = 'permessage-deflate; client_no_context_takeover; server_no_context_takeover';

/** What a sync flush ends with, and RFC 7692 §7.2.1 takes away. */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/** The payload of a compressed message (RFC 7692 §7.2.1), without context takeover. */
export function deflateMessage(data: Buffer): Buffer {
  return deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -TAIL.length);
}

/**
 * The message in a compressed payload (RFC 7692 §7.2.2), without context takeover.
 * @throws an error of zlib when the bytes do not inflate, or to more than `limit` bytes
 */
export function inflateMessage(payload: Buffer, limit: number): Buffer {
  const end = Buffer.from([0x03, 0x00]);
  return inflateRawSync(Buffer.concat([payload, TAIL, end]), { maxOutputLength: limit });
}
