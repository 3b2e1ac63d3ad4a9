import { closeIn } from '../wire/record.ts';
import {
  closedFirst,
  type Dialogue,
  dialogueOf,
  type End,
  type Flow,
  inDialogue,
  leftFirst,
  tellFlow,
} from './dialogue.ts';
import type { Symptom } from './symptom.ts';

interface Close {
  readonly code?: number;
  readonly reason: string;
}

/** The close frame of one direction at both of its ends. */
function closes({ sent, received }: Flow): { sent?: Close; received?: Close } {
  const before = closeIn(sent, 'sent');
  const after = closeIn(received, 'received');
  return { ...(before ? { sent: before } : {}), ...(after ? { received: after } : {}) };
}

/** What became of a close frame. The answer to one tells nothing while the frame that it answers has not come as it was. */
function changeOf(flow: Flow): 'code' | 'reason' | undefined {
  const { sent, received } = closes(flow);
  if (!sent || !received) return undefined;
  if (!closedFirst(flow.from) && closedFirst(flow.to)) {
    const asked = closeIn(flow.to.frames, 'sent');
    const heard = closeIn(flow.from.frames, 'received');
    if (asked?.code !== heard?.code || asked?.reason !== heard?.reason) return undefined;
  }
  if (sent.code !== received.code) return 'code';
  return sent.reason === received.reason ? undefined : 'reason';
}

const codeChanged = (flow: Flow): boolean => changeOf(flow) === 'code';
const reasonChanged = (flow: Flow): boolean => changeOf(flow) === 'reason';

/** A close frame was sent, and the other end was left without one. */
const dropped = (flow: Flow): boolean => {
  const { sent, received } = closes(flow);
  return sent !== undefined && received === undefined && flow.to.ending !== undefined && !leftFirst(flow.to);
};

/** A close frame that came to an end which had not closed, from one that had not closed either. */
export function invented({ flows }: Dialogue): ({ readonly at: End } & Close) | undefined {
  const heard = flows.filter(
    ({ from, to }) => !closedFirst(from) && !closedFirst(to) && closeIn(to.frames, 'received'),
  );
  // Where both have one, and both have answered, the one that nobody sent is the forged one.
  const flow = heard.find((one) => closes(one).sent === undefined) ?? heard[0];
  return flow && { ...closes(flow).received!, at: flow.to };
}

const show = ({ code, reason }: Close): string => `${code ?? 'no code'}${reason ? ` ${JSON.stringify(reason)}` : ''}`;

/** What became of the close frame, in which the two ends tell each other why. */
export const closing: readonly Symptom[] = [
  {
    id: 'closed-by-proxy',
    title: 'The proxy closes the WebSocket with a close frame of its own',
    advice: 'It stops, reloads its configuration or enforces a limit: the code and the reason say which.',
    shows: inDialogue((dialogue) => invented(dialogue) !== undefined),
    detail: (evidence) => {
      const { at, ...close } = invented(dialogueOf(evidence)!)!;
      return `The ${at.name} was told ${show(close)}, which the other end had not said`;
    },
  },
  {
    id: 'close-code-rewritten',
    title: 'The proxy changes the close code',
    advice: 'It ends the WebSocket of one side and opens another one: have it copy the code (RFC 6455 §7.1.5).',
    presumes: ['close/client-code', 'close/origin-code'].map((probe) => ({ probe, symptom: 'close-code-rewritten' })),
    shows: inDialogue(({ flows }) => flows.some(codeChanged)),
    detail: tellFlow((flow) => {
      const { sent, received } = closes(flow);
      return codeChanged(flow)
        ? `The ${flow.from.name} closed with ${show(sent!)}, and ${show(received!)} came to the ${flow.to.name}`
        : undefined;
    }),
  },
  {
    id: 'close-reason-rewritten',
    title: 'The proxy changes or cuts off the close reason',
    advice: 'Up to 123 bytes of UTF-8 may stand there (RFC 6455 §5.5): have it copy all of them.',
    shows: inDialogue(({ flows }) => flows.some(reasonChanged)),
    detail: tellFlow((flow) => {
      const { sent, received } = closes(flow);
      if (!reasonChanged(flow)) return undefined;
      const [before, after] = [sent!, received!].map(({ reason }) => Buffer.byteLength(reason));
      return `The ${flow.from.name} gave a reason of ${before} bytes, and another one of ${after} bytes came`;
    }),
  },
  {
    id: 'close-frame-dropped',
    title: 'The proxy ends the connection without passing the close frame on',
    advice: 'The other end sees 1006, a broken connection: what came before the end has to be written before it.',
    shows: inDialogue(({ flows }) => flows.some(dropped)),
    detail: tellFlow((flow) =>
      dropped(flow)
        ? `The ${flow.from.name} closed with ${show(closes(flow).sent!)}, and the ${flow.to.name} got none of it`
        : undefined,
    ),
  },
];
