import { isUtf8 } from 'node:buffer';
import { type Frame, isControl, Opcode } from './frame.ts';

/** How a frame is to be judged: by whom it was sent, and after what. */
export interface Circumstances {
  readonly from: 'client' | 'server';
  /** permessage-deflate was agreed upon, so RSV1 is legal (RFC 7692 §6). */
  readonly deflate?: boolean;
  /** A fragmented message has begun and not ended. */
  readonly within?: boolean;
}

const OPCODES: readonly number[] = Object.values(Opcode);
/** Those of a frame that a data message begins with. */
const OPENING: readonly number[] = [Opcode.text, Opcode.binary];

/** RFC 6455 §7.4: codes that never stand in a close frame, and those outside of all ranges. */
const unsendable = (code: number): boolean => code < 1000 || code > 4999 || [1004, 1005, 1006, 1015].includes(code);

function brokenClose(payload: Buffer): string | undefined {
  if (payload.length === 0) return undefined;
  if (payload.length === 1) return 'a close frame with half a code (RFC 6455 §5.5.1)';
  const code = payload.readUInt16BE();
  if (unsendable(code)) return `the close code ${code}, which must not be sent (RFC 6455 §7.4)`;
  return isUtf8(payload.subarray(2)) ? undefined : 'a close reason that is not UTF-8 (RFC 6455 §5.5.1)';
}

/** The rule of RFC 6455 §5 that this frame breaks, in words that name what came; undefined when it is legal. Pure. */
export function brokenRule(
  frame: Omit<Frame, 'payload'> & { readonly payload: Buffer; readonly length?: number },
  { from, deflate = false, within }: Circumstances,
): string | undefined {
  const { fin, rsv, opcode, masked, overlong, payload, length = payload.length } = frame;
  if (masked && from === 'server') return 'a masked frame from the server (RFC 6455 §5.1)';
  if (!masked && from === 'client') return 'an unmasked frame from the client (RFC 6455 §5.1)';
  if (rsv !== 0 && !(deflate && rsv === 4)) return `RSV bits ${rsv} without an extension (RFC 6455 §5.2)`;
  if (!OPCODES.includes(opcode)) return `the reserved opcode ${opcode} (RFC 6455 §5.2)`;
  if (rsv !== 0 && !OPENING.includes(opcode)) return 'RSV1 on a frame that begins no message (RFC 7692 §6)';
  if (overlong) return `a length of ${length} in more bytes than it needs (RFC 6455 §5.2)`;
  if (isControl(opcode)) {
    if (!fin) return 'a fragmented control frame (RFC 6455 §5.5)';
    if (length > 125) return `a control frame of ${length} bytes (RFC 6455 §5.5)`;
    return opcode === Opcode.close ? brokenClose(payload) : undefined;
  }
  if (within === undefined || (opcode === Opcode.continuation) === within) return undefined;
  return within
    ? 'a new message inside of a fragmented one (RFC 6455 §5.4)'
    : 'a continuation of nothing (RFC 6455 §5.4)';
}
