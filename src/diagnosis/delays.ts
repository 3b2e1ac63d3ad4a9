import { Opcode } from '../wire/frame.ts';
import type { SeenFrame } from '../wire/record.ts';
import { dataFrames, dialogueOf, type Flow } from './dialogue.ts';
import type { Evidence } from './evidence.ts';
import type { Symptom } from './symptom.ts';

/** ms between two frames that were written at once and came with a wait between them. */
const STEP = 30;

/** ms between the two frames of each message in two. */
function gaps(frames: readonly SeenFrame[]): number[] {
  return dataFrames(frames).flatMap(({ opcode, at }, i, all) =>
    i > 0 && opcode === Opcode.continuation ? [at - all[i - 1]!.at] : [],
  );
}

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** ms by which the second of two frames usually came later than it was sent; each end by its own clock. */
const held = ({ sent, received }: Flow): number => middle(gaps(received)) - middle(gaps(sent));

const longestHeld = (evidence: Evidence): number => Math.max(0, ...(dialogueOf(evidence)?.flows ?? []).map(held));

const tooSlow = ({ failure }: Evidence): boolean => failure.about === 'latency';

/** What makes small messages late. */
export const delays: readonly Symptom[] = [
  {
    id: 'small-writes-delayed',
    title: 'The proxy holds a small write back until the one before it has been acknowledged',
    advice: 'That is the Nagle algorithm: switch it off (TCP_NODELAY) towards both sides.',
    shows: (evidence) => tooSlow(evidence) && longestHeld(evidence) >= STEP,
    detail: (evidence) =>
      `Two frames that were written one after the other came about ${Math.round(longestHeld(evidence) / 10) * 10} ms apart`,
  },
  {
    id: 'messages-delayed',
    title: 'The proxy holds each message for a while before it passes it on',
    advice: 'It collects what is small, or looks now and then whether there is something: have it flush each message.',
    shows: tooSlow,
  },
];
