import { isUtf8 } from 'node:buffer';
import { Opcode } from '../wire/frame.ts';
import { closeIn, type SeenFrame } from '../wire/record.ts';
import { brokenRule } from '../wire/rules.ts';
import { type End, type Flow, inDialogue, tellFlow } from './dialogue.ts';
import type { Symptom } from './symptom.ts';

/** The rule of RFC 6455 that a frame breaks as it was sent, on purpose. */
function ruleBroken(frame: SeenFrame, from: 'client' | 'server'): string | undefined {
  const { opcode, fin, payload, length } = frame;
  const whole = fin && payload.length === length;
  if (opcode === Opcode.text && whole && frame.rsv === 0 && !isUtf8(payload)) return 'text that is not UTF-8';
  return brokenRule(frame, { from, deflate: true });
}

/** What came to this end was broken already: what it says then is only an answer to that. */
const misled = ({ name, frames }: End): boolean =>
  frames.some(
    (frame) => frame.way === 'received' && ruleBroken(frame, name === 'client' ? 'server' : 'client') !== undefined,
  );

/** The rule that a frame of one end broke, when the proxy ended the connection instead of passing it on. */
function policed({ from, to, sent, received }: Flow): string | undefined {
  if (misled(from)) return undefined;
  const rules = sent.map((frame) => ruleBroken(frame, from.name === 'client' ? 'client' : 'server'));
  const first = rules.findIndex((rule) => rule !== undefined);
  const ended = from.ending ?? to.ending ?? closeIn(from.frames, 'received');
  return ended !== undefined && received.length <= first ? rules[first] : undefined;
}

/** What a proxy does that reads frames, where others pass bytes on. */
export const policing: readonly Symptom[] = [
  {
    id: 'rules-enforced',
    title: 'The proxy reads frames, and ends a connection on which one breaks a rule of RFC 6455',
    advice: 'That is not wrong, but no tunnel: what the two ends agree on beyond RFC 6455 needs its consent.',
    shows: inDialogue(({ flows }) => flows.some((flow) => policed(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const rule = policed(flow);
      const code = closeIn(flow.from.frames, 'received')?.code;
      return rule && `The proxy ended the connection over ${rule}, with ${code === undefined ? 'no close code' : code}`;
    }),
  },
];
