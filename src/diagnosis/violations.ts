import { isControl, Opcode } from '../wire/frame.ts';
import { KEPT_FRAMES, type SeenFrame } from '../wire/record.ts';
import { brokenRule } from '../wire/rules.ts';
import { type End, type Flow, inDialogue, tellFlow, undelivered } from './dialogue.ts';
import type { Symptom } from './symptom.ts';

/** But for its mask it is one that was sent, or a control frame such as the proxy may have written itself. */
function differsByMaskAlone(frame: SeenFrame, { name }: End, sent: readonly SeenFrame[]): boolean {
  const masked = name === 'client';
  if (frame.masked === masked) return false;
  if (sent.some(({ opcode, length }) => opcode === frame.opcode && length === frame.length)) return true;
  const from = masked ? 'client' : 'server';
  return isControl(frame.opcode) && brokenRule({ ...frame, masked }, { from }) === undefined;
}

/** The first frame that breaks a rule as it came, when all of them were legal as they were sent, and the rule. */
function introduced({ from, sent, received }: Flow): { rule: string; masking: boolean } | undefined {
  const circumstances = { from: from.name === 'client' ? 'client' : 'server', deflate: true } as const;
  if (sent.some((frame) => brokenRule(frame, circumstances))) return undefined;
  for (const frame of received) {
    const rule = brokenRule(frame, circumstances);
    if (rule) return { rule, masking: differsByMaskAlone(frame, from, sent) };
  }
  return undefined;
}

/** A fragmented message that lost its order or its ends; in the first frames, which are kept without a gap. */
function misplaced(frames: readonly SeenFrame[]): boolean {
  let within = false;
  for (const { opcode, fin } of frames.slice(0, KEPT_FRAMES).filter((frame) => !isControl(frame.opcode))) {
    if ((opcode === Opcode.continuation) !== within) return true;
    within = !fin;
  }
  return false;
}

/** Bytes of a frame as it is written (RFC 6455 §5.2). */
const sizeOf = ({ length, masked }: SeenFrame): number =>
  2 + (length < 126 ? 0 : length < 65_536 ? 2 : 8) + (masked ? 4 : 0) + length;

/** As many bytes have come as the frame has that is waited for, and they are none. */
function unreadable(flow: Flow): boolean {
  const frame = undelivered(flow);
  return frame !== undefined && flow.to.pending >= sizeOf(frame);
}

const muddled = ({ sent, received }: Flow): boolean => misplaced(received) && !misplaced(sent);

/** What is wrong with the frames that came, in words. */
function wrong(flow: Flow): string | undefined {
  if (muddled(flow)) return 'frames of a message out of place';
  return introduced(flow)?.rule ?? (unreadable(flow) ? `${flow.to.pending} bytes that are no frame` : undefined);
}

/** Frames that one end sent as RFC 6455 wants them, and that came to the other end in another way. */
export const violations: readonly Symptom[] = [
  {
    id: 'masking-changed',
    title: 'The proxy takes the mask off frames, or puts one on',
    advice: 'It writes frames anew: towards the origin each has to be masked, towards the client none (RFC 6455 §5.1).',
    shows: inDialogue(({ flows }) => flows.some((flow) => introduced(flow)?.masking)),
    detail: tellFlow((flow) => {
      const broken = introduced(flow);
      return broken?.masking ? `There came to the ${flow.to.name} ${broken.rule}` : undefined;
    }),
  },
  {
    id: 'frames-broken',
    title: 'The proxy makes illegal frames of legal ones',
    advice: 'It loses, adds or rewrites bytes in the tunnel: behind the 101 everything has to be passed on as it is.',
    presumes: [
      { probe: 'messages/text', symptom: 'frames-broken' },
      { probe: 'handshake/first-frame-with-101', symptom: 'first-bytes-lost' },
    ],
    shows: inDialogue(({ flows }) => flows.some((flow) => wrong(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const rule = wrong(flow);
      return rule && `The ${flow.from.name} sent legal frames, but there came to the ${flow.to.name} ${rule}`;
    }),
  },
];
