import type { Evidence } from '../diagnosis/evidence.ts';
import type { Unreadable } from '../origin/journal.ts';
import type { Conversation, ProbeRequest } from '../probes/conversation.ts';
import type { OpenAnswer } from '../probes/open-answer.ts';
import type { BodySample } from '../wire/body.ts';
import { now, startDeadline } from '../wire/clock.ts';
import type { Answer } from '../wire/endpoint.ts';
import { Opcode } from '../wire/frame.ts';
import type { Unexpected } from '../wire/unexpected.ts';
import type { Setting } from './setting.ts';

/** One exchange as far as it got. */
export interface Trace {
  readonly request: ProbeRequest;
  /** It went straight to the origin. */
  readonly direct: boolean;
  /** On the connection of another one. */
  readonly again: boolean;
  answer?: Answer;
  conversation?: Conversation;
  open?: OpenAnswer;
  received?: Buffer;
  body?: BodySample;
}

/** Requests of one probe that its evidence lists. */
const KEPT_REQUESTS = 32;
/** ms in which what is still on its way comes to both ends, before they are compared. */
const REST = 100;

/** What a probe has done beside the wire. */
export interface Done {
  /** The names of the origins that refuse connections now. */
  readonly out: readonly string[];
  readonly proxyWas: Evidence['proxyWas'];
  /** Answers that came through the proxy to other probes meanwhile. */
  readonly beside: number;
}

/** Neither side has ended it. */
function isOpen({ answer }: Trace): boolean {
  return answer !== undefined && !answer.link.ending && !answer.link.leaving;
}

/** By what a message names its connection: its nonce. */
const NAME = /\b[0-9a-f]{16}\b/;

/** A message that came to another connection than the one that it names. */
function astrayIn(traces: readonly Trace[]): string | undefined {
  const nonces = new Set(traces.map(({ request }) => request.nonce));
  for (const { request, conversation } of traces) {
    for (const { way, opcode, payload } of conversation?.frames ?? []) {
      const text = way === 'received' && opcode === Opcode.text ? payload.toString('latin1') : '';
      const [name] = NAME.exec(text) ?? [];
      if (name !== undefined && name !== request.nonce && nonces.has(name)) return text;
    }
  }
  return undefined;
}

/**
 * What may have become of this request: the one that bears its nonce, else those of its time that bear none. Behind a
 * PROXY header or a byte too many stands the request all the same, with the nonce in it.
 */
function garbledBy({ nonce, at }: ProbeRequest, until: number, unreadable: readonly Unreadable[]): Unreadable[] {
  const meanwhile = unreadable.filter((one) => one.at >= at && one.at <= until);
  const named = meanwhile.map((one) => ({ one, name: NAME.exec(one.start.toString('latin1'))?.[0] }));
  const own = named.filter(({ name }) => name === nonce);
  return (own.length > 0 ? own : named.filter(({ name }) => name === undefined)).map(({ one }) => one);
}

/** What the client's end of the proxy saw of an exchange. */
function seenByClient(trace: Trace): Pick<Evidence, Extract<keyof Evidence, `client${string}`> | 'openedAt'> {
  const { answer, conversation, open, received, body } = trace;
  const { ending, leaving, bytesIn, bytesOut, stream } = answer?.link ?? {};
  return {
    ...(answer ? { clientSaw: answer.response } : {}),
    ...(body ? { clientBody: body } : {}),
    ...(received && received.length > 0 ? { clientBytes: received } : {}),
    clientFrames: [...(conversation?.frames ?? [])],
    clientPieces: [...(open?.seen ?? [])],
    ...(ending ? { clientEnding: ending } : {}),
    ...(leaving ? { clientLeft: leaving } : {}),
    ...(conversation ? { openedAt: conversation.switchedAt, clientPending: conversation.pending } : {}),
    ...(conversation?.violation ? { clientViolation: conversation.violation } : {}),
    ...(bytesIn === undefined ? {} : { clientBytesIn: bytesIn }),
    ...(bytesOut === undefined ? {} : { clientBytesOut: bytesOut }),
    ...(stream?.isPaused() ? { clientPaused: true } : {}),
  };
}

/** The views of the exchange that went wrong: the one without an answer, else the last one through the proxy. */
export async function evidenceOf(
  traces: readonly Trace[],
  failure: Unexpected,
  { endpoint, journal, stampFor, foreign, origins = [] }: Setting,
  { out, proxyWas, beside }: Done,
): Promise<Evidence | undefined> {
  const through = traces.filter((trace) => !trace.direct);
  const trace = through.findLast(({ answer }) => answer === undefined) ?? through.at(-1);
  if (!trace) return undefined;
  const judgedAt = now();
  const { request, answer, conversation, again } = trace;
  // Some proxies answer before what they have to say to the origin has come there.
  const underWay = conversation !== undefined || (await journal.all(request.nonce)).length === 0;
  if (underWay) await new Promise<void>((resolve) => startDeadline(REST, resolve));
  const arrivals = await journal.all(request.nonce);
  const originSaw = arrivals[0];
  const requests = through.slice(-KEPT_REQUESTS).map(async ({ request: { nonce } }) => {
    return { nonce, origins: (await journal.all(nonce)).map(({ origin }) => origin) };
  });
  const astray = astrayIn(through);
  const garbled = originSaw ? [] : garbledBy(request, judgedAt + REST, await journal.unreadable());
  const originGot = garbled.find(({ alert }) => alert === undefined)?.start;
  const originAlert = garbled.find(({ alert }) => alert !== undefined)?.alert;
  return {
    transport: endpoint.transport,
    nonce: request.nonce,
    requests: await Promise.all(requests),
    ...(origins.length > 1 ? { origins: origins.map(({ name }) => ({ name, out: out.includes(name) })) } : {}),
    sent: request.head,
    arrivals: arrivals.length,
    ...(originSaw ? { originSaw: { ...originSaw, frames: [...originSaw.frames] } } : {}),
    ...(originSaw?.reply ? { originReplied: originSaw.reply } : {}),
    ...seenByClient(trace),
    ...(originGot ? { originGot } : {}),
    ...(originAlert === undefined ? {} : { originAlert }),
    ...(foreign ? { foreign: true } : {}),
    // What the origin could not read has no nonce.
    stamped: answer?.response.get('x-wsproof-origin') === stampFor(originGot ? '' : request.nonce),
    ...(again ? { again: true } : {}),
    others: through.filter((other) => other !== trace).map((one) => ({ sent: one.request.head, open: isOpen(one) })),
    ...(astray === undefined ? {} : { astray }),
    ...(proxyWas ? { proxyWas } : {}),
    beside,
    judgedAt,
    failure,
  };
}
