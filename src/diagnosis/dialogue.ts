import { isControl } from '../wire/frame.ts';
import type { Ending } from '../wire/link.ts';
import { closeIn, type SeenFrame } from '../wire/record.ts';
import type { Evidence } from './evidence.ts';
import { switches } from './stage.ts';

/** One direction of an open WebSocket: as it left one end, and as it came to the other. */
export interface Flow {
  readonly from: End;
  readonly to: End;
  readonly sent: readonly SeenFrame[];
  readonly received: readonly SeenFrame[];
}

/** One end of an open WebSocket. Its times are on its own clock. */
export interface End {
  readonly name: 'client' | 'origin';
  readonly frames: readonly SeenFrame[];
  /** How the other side of its connection ended. */
  readonly ending?: Ending;
  /** How it ended its own side. */
  readonly left?: Ending;
  readonly openedAt: number;
  /** Bytes that came and are no whole frame. */
  readonly pending: number;
}

/** An open WebSocket from both ends. */
export interface Dialogue {
  readonly client: End;
  readonly origin: End;
  readonly flows: readonly [up: Flow, down: Flow];
}

/** Both ends of the conversation, or undefined when there was none: no switch at both ends, or an origin unknown to us. */
export function dialogueOf(evidence: Evidence): Dialogue | undefined {
  const { sent, clientSaw, clientFrames, clientEnding, clientLeft, openedAt, originSaw, originReplied } = evidence;
  const { clientPending } = evidence;
  if (!originSaw || !switches(sent, clientSaw) || !switches(originSaw.head, originReplied)) return undefined;
  const client: End = {
    name: 'client',
    frames: clientFrames,
    openedAt: openedAt ?? 0,
    pending: clientPending ?? 0,
    ...(clientEnding ? { ending: clientEnding } : {}),
    ...(clientLeft ? { left: clientLeft } : {}),
  };
  const { frames, ending, left, repliedAt, arrivedAt, pending } = originSaw;
  const origin: End = {
    name: 'origin',
    frames,
    openedAt: repliedAt ?? arrivedAt,
    pending: pending ?? 0,
    ...(ending ? { ending } : {}),
    ...(left ? { left } : {}),
  };
  return { client, origin, flows: [flow(client, origin), flow(origin, client)] };
}

function flow(from: End, to: End): Flow {
  return {
    from,
    to,
    sent: from.frames.filter(({ way }) => way === 'sent'),
    received: to.frames.filter(({ way }) => way === 'received'),
  };
}

/** For a symptom that shows in a conversation, and nowhere else. */
export function inDialogue(shows: (dialogue: Dialogue) => boolean): (evidence: Evidence) => boolean {
  return (evidence) => {
    const dialogue = dialogueOf(evidence);
    return dialogue !== undefined && shows(dialogue);
  };
}

/** The sentence about the first flow that has something to tell. */
export function tellFlow(tell: (flow: Flow) => string | undefined): (evidence: Evidence) => string {
  return (evidence) => {
    for (const one of dialogueOf(evidence)?.flows ?? []) {
      const told = tell(one);
      if (told !== undefined) return told;
    }
    return '';
  };
}

/** It ended its side by itself, and not because the other side had. */
export function leftFirst({ left, ending }: End): boolean {
  return left !== undefined && (ending === undefined || left.at < ending.at);
}

/** It sent a close frame by itself, and not in answer to one. */
export function closedFirst({ frames }: End): boolean {
  const sent = closeIn(frames, 'sent');
  const received = closeIn(frames, 'received');
  return sent !== undefined && (received === undefined || sent.at < received.at);
}

/** Neither of the two ends wanted the conversation to be over. */
export function unwanted({ client, origin }: Dialogue): boolean {
  return ![client, origin].some((end) => leftFirst(end) || closedFirst(end));
}

/** The first frame that has not come to the other end, or ends a message that has not. */
export function undelivered({ sent, received }: Flow): SeenFrame | undefined {
  const last = (control: boolean): number =>
    received.findLast(({ opcode, fin }) => isControl(opcode) === control && fin)?.ordinal ?? -1;
  const lastOf = { control: last(true), data: last(false) };
  return sent.find(({ opcode, fin, ordinal }) => fin && ordinal > lastOf[isControl(opcode) ? 'control' : 'data']);
}

const NAMES: Readonly<Record<number, string>> = { 8: 'a close frame', 9: 'a ping', 10: 'a pong' };

/** A frame as a report names it: "a message of 12 bytes", "a ping". */
export const inWords = ({ opcode, length }: SeenFrame): string => NAMES[opcode] ?? `a message of ${length} bytes`;

/** Without control frames (RFC 6455 §5.5). */
export const dataFrames = (frames: readonly SeenFrame[]): SeenFrame[] =>
  frames.filter(({ opcode }) => !isControl(opcode));
