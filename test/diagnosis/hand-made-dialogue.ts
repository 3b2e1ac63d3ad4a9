import { closePayload, type Frame, Opcode } from '../../src/wire/frame.ts';
import type { Ending } from '../../src/wire/link.ts';
import { FrameRecord, type SeenFrame } from '../../src/wire/record.ts';
import type { Case } from './hand-made.ts';

type Name = 'client' | 'origin';

/** A frame on its way from one end to the other. */
export interface Step {
  readonly from: Name;
  readonly frame: Frame;
  /** ms. Default: one after the step before. */
  readonly at?: number;
  /** What comes to the other end, in order. Default: the frame as it was sent. */
  readonly arrives?: readonly Frame[];
  /** The end never sent it: the proxy wrote it in its name. */
  readonly forged?: boolean;
}

const frameOf = (from: Name, opcode: number, payload: Buffer | string): Frame => ({
  fin: true,
  rsv: 0,
  opcode,
  masked: from === 'client',
  payload: Buffer.from(payload),
});

type Way = (from: Name, payload?: Buffer | string, of?: Omit<Partial<Step>, 'from' | 'frame'>) => Step;
const step =
  (opcode: number): Way =>
  (from, payload = 'hello', of = {}) => ({ from, frame: frameOf(from, opcode, payload), ...of });

export const text = step(Opcode.text);
export const binary = step(Opcode.binary);
export const ping = step(Opcode.ping);
export const pong = step(Opcode.pong);
export const close = (from: Name, code?: number, reason?: string, of?: Omit<Partial<Step>, 'from' | 'frame'>): Step =>
  step(Opcode.close)(from, closePayload(code, reason), of);

/** The step, of which nothing comes to the other end; of which other frames come; which the end never took. */
export const lost = (one: Step): Step => ({ ...one, arrives: [] });
export const forged = (one: Step): Step => ({ ...one, forged: true });
export const as = (one: Step, ...others: Partial<Frame>[]): Step => ({
  ...one,
  arrives: others.map((other) => ({ ...one.frame, ...other })),
});

/** How the connection of an end was over: by the other side (`ending`), or by itself (`left`). */
interface Ends {
  readonly ending?: number | Ending;
  readonly left?: number | Ending;
  /** Bytes that came and were no frame. */
  readonly pending?: number;
}

const fin = (ending: number | Ending | undefined): Ending | undefined =>
  typeof ending === 'number' ? { how: 'fin', at: ending } : ending;

/** The evidence of an open WebSocket in which these frames went, and that ended so. */
export function dialogue(steps: readonly Step[], { client = {}, origin = {} }: Partial<Record<Name, Ends>> = {}): Case {
  const records = { client: new FrameRecord(), origin: new FrameRecord() };
  const seen: Record<Name, SeenFrame[]> = { client: [], origin: [] };
  let clock = 2;
  for (const { from, frame, at = clock + 1, arrives = [frame], forged } of steps) {
    clock = at;
    const to = from === 'client' ? 'origin' : 'client';
    const note = (end: Name, one: Frame, way: SeenFrame['way'], when: number): void => {
      const { frames } = records[end];
      records[end].note(one, way);
      frames[frames.length - 1] = { ...frames.at(-1)!, at: when };
      seen[end] = frames;
    };
    if (!forged) note(from, frame, 'sent', at);
    for (const one of arrives) note(to, one, 'received', at + 0.5);
  }
  const [clientEnding, clientLeft] = [fin(client.ending), fin(client.left)];
  const [ending, left] = [fin(origin.ending), fin(origin.left)];
  return {
    kind: 'timeout',
    openedAt: 2,
    clientFrames: seen.client,
    clientPending: client.pending ?? 0,
    ...(clientEnding ? { clientEnding } : {}),
    ...(clientLeft ? { clientLeft } : {}),
    noted: {
      frames: seen.origin,
      pending: origin.pending ?? 0,
      ...(ending ? { ending } : {}),
      ...(left ? { left } : {}),
    },
  };
}
