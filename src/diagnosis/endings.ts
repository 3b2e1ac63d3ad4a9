import { isControl } from '../wire/frame.ts';
import type { Ending } from '../wire/link.ts';
import { closeIn, type SeenFrame } from '../wire/record.ts';
import { TOLD_BY_TEXT } from './data.ts';
import {
  closedFirst,
  type Dialogue,
  dialogueOf,
  type End,
  type Flow,
  inDialogue,
  inWords,
  leftFirst,
  tellFlow,
  undelivered,
  unwanted,
} from './dialogue.ts';
import type { Evidence } from './evidence.ts';
import type { Presumption, Symptom } from './symptom.ts';

/** ms that are a silence in any case. */
const SILENCE = 200;
/** Bytes from which on a message can be too big for somebody. */
const BIG = 1024;

type CutEnd = End & { readonly ending: Ending };

/** The ends of a conversation that was over without either of them wanting it. */
const cutEnds = (dialogue: Dialogue): CutEnd[] =>
  unwanted(dialogue) ? [dialogue.client, dialogue.origin].filter((end): end is CutEnd => end.ending !== undefined) : [];

/** The proxy ended it, without a word. */
const cut = (dialogue: Dialogue): boolean =>
  cutEnds(dialogue).length > 0 &&
  [dialogue.client, dialogue.origin].every(({ frames }) => closeIn(frames, 'received') === undefined);

/** Between these frames: ms of the longest silence, and of the one between the last of them and `until`. */
function pauses(frames: readonly SeenFrame[], openedAt: number, until: number): { longest: number; last: number } {
  let before = openedAt;
  let longest = 0;
  for (const { at } of frames) {
    longest = Math.max(longest, at - before);
    before = at;
  }
  return { longest, last: until - before };
}

/** ms of silence before the cut, as this end had it; undefined when the connection was in use until then. */
function silence({ frames, openedAt, ending }: CutEnd, { flows }: Dialogue): number | undefined {
  // A cut that nobody is told of is noticed by the first frame behind it.
  const lost = flows.map(undelivered).find((frame) => frame !== undefined);
  const own = lost && frames.includes(lost) ? frames.slice(0, frames.indexOf(lost)) : frames;
  if (lost && own === frames) return undefined;
  // Of a long conversation the middle is not kept: what looks like a silence there was none.
  const before =
    lost && own.findLast(({ way, opcode }) => way === lost.way && isControl(opcode) === isControl(lost.opcode));
  if (lost && before && lost.ordinal > before.ordinal + 1) return undefined;
  const { longest, last } = pauses(own, openedAt, lost?.at ?? ending.at);
  return last > Math.max(SILENCE, longest) ? last : undefined;
}

/** The longest silence that one of the ends had before the cut. */
function longestSilence(dialogue: Dialogue): number | undefined {
  const known = cutEnds(dialogue).flatMap((end) => silence(end, dialogue) ?? []);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** The message that was under way when the cut came, bigger than all that had got through before. */
function tooBig(flow: Flow): number | undefined {
  const frame = undelivered(flow);
  if (!frame || isControl(frame.opcode) || frame.length < BIG) return undefined;
  const before = flow.received.filter(({ opcode }) => !isControl(opcode)).map(({ length }) => length);
  return frame.length > Math.max(0, ...before) ? frame.length : undefined;
}

/** Frames of one kind from which on it is not the next one of them that a proxy ends a connection over. */
const ROUTINE = 5;

/** The frame that the proxy may have ended the connection over: not one of a kind of which it had passed many on. */
function cutOn(flow: Flow): SeenFrame | undefined {
  const frame = undelivered(flow);
  if (!frame) return undefined;
  // Of about its size: a count that gets a digit more makes no other frame of it.
  const alike = flow.received.filter(
    ({ opcode, rsv, length }) => opcode === frame.opcode && rsv === frame.rsv && 2 * length >= frame.length,
  );
  return alike.length < ROUTINE ? frame : undefined;
}

/** This end has ended its side, or said that it would, and the other one knows nothing of it. */
const untold = ({ from, to }: Flow): boolean =>
  to.ending === undefined &&
  !leftFirst(to) &&
  (leftFirst(from) || (closedFirst(from) && closeIn(to.frames, 'received') === undefined));

const seconds = (ms: number): string => `${Math.round(ms / 500) / 2} s`;

/** A cut in words: how it looked, to the first end that saw it. */
function tellCut(evidence: Evidence, words: (end: CutEnd, dialogue: Dialogue) => string): string {
  const dialogue = dialogueOf(evidence)!;
  const end = cutEnds(dialogue)[0]!;
  return `${words(end, dialogue)} the ${end.name} saw ${end.ending.how.toUpperCase()}, and neither end had ended it`;
}

const bigMessage = tellFlow((flow) => {
  const size = tooBig(flow);
  return size === undefined ? undefined : `A message of ${size} bytes of the ${flow.from.name} did not get through`;
});

/** One of the ends was told that a message is too big, and the other one has not said so. */
const toldTooBig = ({ flows }: Dialogue): boolean =>
  flows.some(({ from, to }) => {
    const said = closeIn(from.frames, 'sent');
    return closeIn(to.frames, 'received')?.code === 1009 && !closedFirst(to) && said?.code !== 1009;
  });

/** Where a limit of sizes or of bytes shows best. */
export const LIMIT_OF_SIZES: readonly Presumption[] = [
  { probe: 'messages/sizes', symptom: 'message-too-big' },
  { probe: 'messages/large', symptom: 'message-too-big' },
];

/** A message that somebody cannot hold: said with 1009 (RFC 6455 §7.4.1), or by a cut. */
export const limits: readonly Symptom[] = [
  {
    id: 'message-too-big',
    title: 'A message is too big for the proxy',
    advice: 'Raise its limit for messages, frames or bodies; a proxy that only passes bytes on needs none.',
    presumes: LIMIT_OF_SIZES,
    shows: inDialogue(
      (dialogue) =>
        toldTooBig(dialogue) || (cut(dialogue) && dialogue.flows.some((flow) => tooBig(flow) !== undefined)),
    ),
    detail: (evidence) => bigMessage(evidence) || 'The proxy closed the connection with 1009',
  },
];

/** The last data of an end that had left, which the other end waited for until it was told of the end. */
const lostAtTheEnd = (flow: Flow): SeenFrame | undefined => {
  const frame = undelivered(flow);
  const gone = leftFirst(flow.from) && flow.to.ending !== undefined && !leftFirst(flow.to);
  return gone && frame && !isControl(frame.opcode) ? frame : undefined;
};

/** What is lost when one side ends; it explains a missing close frame as well. */
export const losses: readonly Symptom[] = [
  {
    id: 'last-data-lost',
    title: 'The proxy throws away what it still holds when one side ends',
    advice: 'What came before the end has to be written before the other side is ended (RFC 9110 §9.3.6).',
    presumes: LIMIT_OF_SIZES,
    shows: inDialogue(({ flows }) => flows.some((flow) => lostAtTheEnd(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const frame = lostAtTheEnd(flow);
      return frame && `The ${flow.from.name} sent ${inWords(frame)} and ended; it did not come to the ${flow.to.name}`;
    }),
  },
];

/** What an end was sent that had ended its own side, and did not get. */
const lostToTheOneThatLeft = (flow: Flow): SeenFrame | undefined => {
  const frame = undelivered(flow);
  return leftFirst(flow.to) && flow.to.left!.how === 'fin' && frame && !isControl(frame.opcode) ? frame : undefined;
};

/** How a conversation ended, and who was told of it. */
export const endings: readonly Symptom[] = [
  {
    id: 'half-close-ends-both',
    title: 'When one side has ended, the proxy ends both, and what the other side sends is lost',
    advice: 'That is its right (RFC 9110 §9.3.6): say goodbye by a close frame, and end only when the answer is there.',
    shows: inDialogue(({ flows }) => flows.some((flow) => lostToTheOneThatLeft(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const frame = lostToTheOneThatLeft(flow);
      return frame && `The ${flow.to.name} ended its side, and ${inWords(frame)} of the ${flow.from.name} was lost`;
    }),
  },
  {
    id: 'end-not-propagated',
    title: 'The proxy does not tell one side that the other one has gone',
    advice: 'When one of the two connections ends, the other one has to end as well (RFC 9110 §9.3.6).',
    presumes: TOLD_BY_TEXT,
    shows: inDialogue(({ flows }) => flows.some(untold)),
    detail: tellFlow((flow) => {
      if (!untold(flow)) return undefined;
      const how = leftFirst(flow.from) ? flow.from.left!.how.toUpperCase() : 'a close frame';
      return `The ${flow.from.name} ended with ${how}, and the connection of the ${flow.to.name} is still open`;
    }),
  },
  {
    id: 'idle-cut',
    title: 'The proxy cuts a connection that is silent',
    advice: 'Raise its timeout for idle tunnels, or send pings more often than it expires.',
    shows: inDialogue((dialogue) => cut(dialogue) && longestSilence(dialogue) !== undefined),
    detail: (evidence) => tellCut(evidence, (_, all) => `After ${seconds(longestSilence(all) ?? 0)} of silence`),
  },
  {
    id: 'cut-behind-101',
    title: 'The proxy passes the 101 on, and then ends the connection instead of opening the tunnel',
    advice: 'It takes the 101 for the end of an exchange of HTTP: have it switch as well (RFC 9110 §7.8).',
    shows: inDialogue((dialogue) => cut(dialogue) && dialogue.flows.every(({ received }) => received.length === 0)),
  },
  {
    id: 'connection-cut-on-data',
    title: 'The proxy cuts the connection instead of passing a frame on',
    advice: 'It crashes, or takes the frame for an attack or for broken HTTP: look at its log.',
    presumes: LIMIT_OF_SIZES,
    shows: inDialogue((dialogue) => cut(dialogue) && dialogue.flows.some((flow) => cutOn(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const frame = cutOn(flow);
      return frame && `The ${flow.from.name} sent ${inWords(frame)}, which did not come to the ${flow.to.name}`;
    }),
  },
  {
    id: 'busy-cut',
    title: 'The proxy cuts a connection that is in use',
    advice: 'It limits the time of a whole connection or the bytes of a “response”: take the limit off this route.',
    presumes: [...LIMIT_OF_SIZES, { probe: 'lifetime/busy', symptom: 'busy-cut' }],
    shows: inDialogue(cut),
    detail: (evidence) => tellCut(evidence, ({ ending, openedAt }) => `After ${seconds(ending.at - openedAt)} in all`),
  },
];
