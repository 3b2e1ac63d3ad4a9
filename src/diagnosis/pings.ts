import { Opcode } from '../wire/frame.ts';
import type { SeenFrame } from '../wire/record.ts';
import { type Dialogue, dataFrames, type Flow, inDialogue, tellFlow } from './dialogue.ts';
import type { Symptom } from './symptom.ts';

const of = (frames: readonly SeenFrame[], opcode: number): SeenFrame[] =>
  frames.filter((frame) => frame.opcode === opcode);
const holds = (frames: readonly SeenFrame[], { payload }: SeenFrame): boolean =>
  frames.some((frame) => frame.payload.equals(payload));

/** The frames of one direction that did not come, although data that was sent behind them did. */
function swallowed({ sent, received }: Flow, opcode: number): SeenFrame[] {
  const arrived = of(received, opcode);
  const latest = dataFrames(received).at(-1)?.ordinal ?? -1;
  return of(sent, opcode).filter((frame) => {
    const behind = dataFrames(sent).some(({ ordinal, at }) => at >= frame.at && ordinal <= latest);
    return behind && !holds(arrived, frame);
  });
}

/** Each direction together with the one that leads back. */
const roundTrips = ({ flows: [up, down] }: Dialogue): [there: Flow, back: Flow][] => [
  [up, down],
  [down, up],
];

/** Pings that did not come to the other end, and were answered all the same. */
function answeredOnTheWay([there, back]: [Flow, Flow]): SeenFrame[] {
  const [before, after] = [of(there.sent, Opcode.ping), of(there.received, Opcode.ping)];
  if (after.length >= before.length) return [];
  return before.filter((ping) => !holds(after, ping) && holds(of(back.received, Opcode.pong), ping));
}

/** A control frame that came with another payload than it was sent with, in a direction that lost none of them. */
function changed({ sent, received }: Flow): [SeenFrame, SeenFrame] | undefined {
  for (const opcode of [Opcode.ping, Opcode.pong]) {
    const [before, after] = [of(sent, opcode), of(received, opcode)];
    if (before.length !== after.length) continue;
    const i = before.findIndex((frame, n) => !frame.payload.equals(after[n]!.payload));
    if (i >= 0) return [before[i]!, after[i]!];
  }
  return undefined;
}

/** Pings and pongs are for the two ends (RFC 6455 §5.5.2): a proxy is neither. */
export const pings: readonly Symptom[] = [
  {
    id: 'ping-answered-by-proxy',
    title: 'The proxy answers pings by itself',
    advice: 'The ping says then that the proxy is alive, not the other end: have it passed on.',
    presumes: [{ probe: 'control/client-ping', symptom: 'ping-answered-by-proxy' }],
    shows: inDialogue((dialogue) => roundTrips(dialogue).some((trip) => answeredOnTheWay(trip).length > 0)),
  },
  {
    id: 'ping-payload-altered',
    title: 'The proxy changes what is in pings or pongs',
    advice: 'A pong must carry the very bytes of its ping (RFC 6455 §5.5.3), or the sender does not know it again.',
    shows: inDialogue(({ flows }) => flows.some((flow) => changed(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const pair = changed(flow);
      return (
        pair && `The ${flow.from.name} sent ${pair[0].length} bytes with it, and ${pair[1].length} other ones came`
      );
    }),
  },
  {
    id: 'pings-swallowed',
    title: 'The proxy does not pass pings on, while messages come through',
    advice: 'It takes control frames for its own: heartbeats across it fail, and the other end cuts the connection.',
    shows: inDialogue(({ flows }) => flows.some((flow) => swallowed(flow, Opcode.ping).length > 0)),
    detail: tellFlow((flow) =>
      swallowed(flow, Opcode.ping).length > 0 ? `A ping of the ${flow.from.name} did not come through` : undefined,
    ),
  },
  {
    id: 'pongs-swallowed',
    title: 'The proxy does not pass pongs on, while messages come through',
    advice: 'It takes control frames for its own: whoever pinged gives the connection up.',
    shows: inDialogue(({ flows }) => flows.some((flow) => swallowed(flow, Opcode.pong).length > 0)),
    detail: tellFlow((flow) =>
      swallowed(flow, Opcode.pong).length > 0 ? `A pong of the ${flow.from.name} did not come through` : undefined,
    ),
  },
];
