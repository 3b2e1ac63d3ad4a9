import { createHash } from 'node:crypto';

// What came before RFC 6455: draft-hixie-thewebsocketprotocol-75 (2009) and -76 (2010, also hybi-00). Messages are text
// between 0x00 and 0xFF (-75 §4.2); -76 added a proof that the server has read the handshake, and a way to close.

/** -76 §4.1: the client writes this many bytes behind its head, and the server twice as many behind its own. */
export const KEY_BYTES = 8;
export const PROOF_BYTES = 16;

/** -76 §1.4: the closing handshake. */
export const FAREWELL = Buffer.from([0xff, 0x00]);

/** The number that a key hides: its digits, divided by the number of its spaces; undefined when it is none. */
export function numberIn(key: string): number | undefined {
  const spaces = key.split(' ').length - 1;
  const digits = key.replace(/\D/g, '');
  const number = Number(digits) / spaces;
  return digits !== '' && Number.isInteger(number) && number <= 0xffffffff ? number : undefined;
}

/** -76 §5.2: the MD5 of both numbers and the eight bytes; undefined when one of the keys hides no number. */
export function proofOf(key1: string, key2: string, bytes: Buffer): Buffer | undefined {
  const [first, second] = [numberIn(key1), numberIn(key2)];
  if (first === undefined || second === undefined) return undefined;
  const challenge = Buffer.alloc(8);
  challenge.writeUInt32BE(first, 0);
  challenge.writeUInt32BE(second, 4);
  return createHash('md5').update(challenge).update(bytes).digest();
}

/** A text as drafts 75 and 76 frame it: between 0x00 and 0xFF. */
export function encodeText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x00]), Buffer.from(text), Buffer.from([0xff])]);
}

/** Bytes of a message that has no end yet; beyond them they are forgotten, so that no peer can fill the memory. */
const UNENDED_LIMIT = 1024 * 1024;

/** Cuts a byte stream into messages. Text is a string, the farewell is undefined; what is neither is passed over. */
export class HixieReader {
  #bytes: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): (string | undefined)[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const messages: (string | undefined)[] = [];
    for (;;) {
      const farewell = this.#bytes[0] === 0xff;
      const end = farewell ? FAREWELL.length - 1 : this.#bytes.indexOf(0xff);
      if (end < 0 || this.#bytes.length <= end) break;
      const frame = this.#bytes.subarray(0, end);
      this.#bytes = this.#bytes.subarray(end + 1);
      if (farewell) messages.push(undefined);
      else if (frame[0] === 0x00) messages.push(frame.toString('utf8', 1));
    }
    if (this.#bytes.length > UNENDED_LIMIT) this.#bytes = Buffer.alloc(0);
    return messages;
  }
}
