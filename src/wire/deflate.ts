import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Head } from './head.ts';

/** The offer and the answer that make each message stand alone (RFC 7692 §7.1.1). */
export const DEFLATE_ALONE = 'permessage-deflate; client_no_context_takeover; server_no_context_takeover';

/** The offer and the answer that let a message refer to those before it (RFC 7692 §7.1.1). */
export const DEFLATE_TAKEOVER = 'permessage-deflate';

/** Whether a head offers permessage-deflate, or accepts it (RFC 7692 §5). */
export const namesDeflate = (head: Head): boolean =>
  head.list('sec-websocket-extensions').some((extension) => /^permessage-deflate *(;|$)/.test(extension));

/** Whether an answer that accepts it lets messages refer to those before them (RFC 7692 §7.1.1). */
export const allowsTakeover = (response: Head): boolean =>
  namesDeflate(response) &&
  !response.list('sec-websocket-extensions').some((one) => one.includes('_no_context_takeover'));

/** Bytes that DEFLATE looks back (RFC 1951 §2). */
const LOOK_BACK = 32 * 1024;

/** What the messages of one direction have said so far, as far as the next one can refer to it (context takeover). */
export class DeflateContext {
  #said: Buffer = Buffer.alloc(0);

  /** For zlib, which does not take an empty one. */
  get options(): { dictionary?: Buffer } {
    return this.#said.length > 0 ? { dictionary: this.#said } : {};
  }

  add(message: Buffer): void {
    this.#said = Buffer.concat([this.#said, message.subarray(-LOOK_BACK)]).subarray(-LOOK_BACK);
  }
}

/** What a sync flush ends with, and RFC 7692 §7.2.1 takes away. */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/** The payload of a compressed message (RFC 7692 §7.2.1). Without a context it stands alone. */
export function deflateMessage(data: Buffer, context?: DeflateContext): Buffer {
  const payload = deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH, ...context?.options });
  context?.add(data);
  return payload.subarray(0, -TAIL.length);
}

/**
 * The message in a compressed payload (RFC 7692 §7.2.2). Without a context it has to stand alone.
 * @throws an error of zlib when the bytes do not inflate, or to more than `limit` bytes
 */
export function inflateMessage(payload: Buffer, limit: number, context?: DeflateContext): Buffer {
  const end = Buffer.from([0x03, 0x00]);
  const message = inflateRawSync(Buffer.concat([payload, TAIL, end]), { maxOutputLength: limit, ...context?.options });
  context?.add(message);
  return message;
}
