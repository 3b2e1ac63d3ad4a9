import { Opcode } from '../wire/frame.ts';
import type { SeenFrame } from '../wire/record.ts';
import { dataFrames, type Flow } from './dialogue.ts';

/** A whole data message, as one end saw it: what is kept of its frames, joined. */
export interface SeenMessage {
  readonly ordinal: number;
  readonly type: 'text' | 'binary';
  readonly length: number;
  readonly compressed: boolean;
  /** The first bytes. */
  readonly start: Buffer;
  /** Of a message in one frame, when there is more to it than its start. */
  readonly digest?: string;
}

/** Whether two ends saw the same, as far as can be told: not when only one of them saw it compressed. */
function sameMessage(a: SeenMessage, b: SeenMessage): boolean {
  if (a.compressed !== b.compressed) return true;
  const common = Math.min(a.start.length, b.start.length);
  return (
    a.type === b.type &&
    a.length === b.length &&
    a.start.subarray(0, common).equals(b.start.subarray(0, common)) &&
    (a.digest === undefined || b.digest === undefined || a.digest === b.digest)
  );
}

/** Joins the frames of one message; undefined when it has not ended, or not all of its frames are kept. */
function join(frames: readonly SeenFrame[]): SeenMessage | undefined {
  const [first] = frames;
  if (!first || first.opcode === Opcode.continuation || !frames.at(-1)!.fin) return undefined;
  const parts: Buffer[] = [];
  for (const { payload, length } of frames) {
    parts.push(payload);
    if (payload.length < length) break;
  }
  return {
    ordinal: first.ordinal,
    type: first.opcode === Opcode.binary ? 'binary' : 'text',
    length: frames.reduce((sum, { length }) => sum + length, 0),
    compressed: first.rsv === 4,
    start: Buffer.concat(parts),
    ...(frames.length === 1 && first.digest !== undefined ? { digest: first.digest } : {}),
  };
}

/** The whole messages among these frames, by their ordinal. */
function messagesIn(frames: readonly SeenFrame[]): Map<number, SeenMessage> {
  const byOrdinal = new Map<number, SeenFrame[]>();
  for (const frame of dataFrames(frames)) {
    byOrdinal.set(frame.ordinal, [...(byOrdinal.get(frame.ordinal) ?? []), frame]);
  }
  const messages = new Map<number, SeenMessage>();
  for (const [ordinal, parts] of byOrdinal) {
    const message = join(parts);
    if (message) messages.set(ordinal, message);
  }
  return messages;
}

/** How many whole messages went by, those that are not kept included. */
function countIn(frames: readonly SeenFrame[]): number {
  const last = dataFrames(frames).at(-1);
  return last === undefined ? 0 : last.ordinal + (last.fin ? 1 : 0);
}

/** What became of the messages of one direction; the first thing that is not as it was sent. */
export interface Difference {
  readonly kind: 'altered' | 'reordered' | 'repeated' | 'lost' | 'missing' | 'invented';
  /** Which message, counted from 0. */
  readonly ordinal: number;
  readonly sent?: SeenMessage;
  readonly received?: SeenMessage;
  readonly sentCount: number;
  readonly receivedCount: number;
}

/**
 * Compares the messages of one direction, as far as they are kept. `missing` are the last ones, when all before them are
 * as they were sent: lost, held back or still on their way, which only the rest of the evidence can tell.
 */
export function differenceIn({ sent, received }: Flow): Difference | undefined {
  const before = messagesIn(sent);
  const after = messagesIn(received);
  const counts = { sentCount: countIn(sent), receivedCount: countIn(received) };
  for (const [ordinal, message] of after) {
    const original = before.get(ordinal);
    if (!original && comesFromLater(message, before)) return { kind: 'lost', ordinal, received: message, ...counts };
    if (!original || sameMessage(original, message)) continue;
    const kind = displacement(ordinal, original, message, before, after, counts);
    return { kind, ordinal, sent: original, received: message, ...counts };
  }
  const { sentCount, receivedCount } = counts;
  if (receivedCount < sentCount) {
    const next = before.get(receivedCount);
    return { kind: 'missing', ordinal: receivedCount, ...(next ? { sent: next } : {}), ...counts };
  }
  if (receivedCount <= sentCount) return undefined;
  const extra = after.get(sentCount);
  const kind = extra && [...before.values()].some((message) => sameMessage(message, extra)) ? 'repeated' : 'invented';
  return { kind, ordinal: sentCount, ...(extra ? { received: extra } : {}), ...counts };
}

/** A message stands where a later one was sent: those between them are gone. */
function comesFromLater(came: SeenMessage, before: ReadonlyMap<number, SeenMessage>): boolean {
  const sources = [...before.values()].filter((message) => sameMessage(message, came));
  return sources.length > 0 && sources.every(({ ordinal }) => ordinal > came.ordinal);
}

/** What has happened where another message came than was sent at that place. */
function displacement(
  ordinal: number,
  original: SeenMessage,
  came: SeenMessage,
  before: ReadonlyMap<number, SeenMessage>,
  after: ReadonlyMap<number, SeenMessage>,
  { sentCount, receivedCount }: { sentCount: number; receivedCount: number },
): Difference['kind'] {
  const source = [...before.values()].find((message) => sameMessage(message, came));
  if (!source && receivedCount > sentCount) return 'invented';
  // In the middle, where messages are not kept, one can come from anywhere.
  if (!source) return receivedCount < sentCount && ordinal > 0 && !before.has(ordinal - 1) ? 'lost' : 'altered';
  if (source.ordinal < ordinal) return 'repeated';
  const later = [...after.values()].some((message) => message.ordinal > ordinal && sameMessage(message, original));
  return later ? 'reordered' : 'lost';
}
