import { TOLD_BY_TEXT } from './data.ts';
import { dialogueOf } from './dialogue.ts';
import type { Evidence } from './evidence.ts';
import { differenceIn } from './messages.ts';
import { asksForWebSocket, switches } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** The client was told that its WebSocket is open, and the origin had not agreed to one. */
const openedUnasked = ({ foreign, sent, stamped, clientSaw, originSaw, originReplied }: Evidence): boolean =>
  !foreign &&
  !stamped &&
  asksForWebSocket(sent) &&
  switches(sent, clientSaw) &&
  !(originSaw && switches(originSaw.head, originReplied));

/** The client's first message was sent before the origin had agreed, on a WebSocket that was open, and never came there. */
function lostTooSoon(evidence: Evidence): boolean {
  const { openedAt = 0, originSaw, stamped } = evidence;
  const [up] = dialogueOf(evidence)?.flows ?? [];
  if (!up || stamped || openedAt >= (originSaw?.repliedAt ?? 0)) return false;
  const difference = differenceIn(up);
  return difference?.ordinal === 0 && ['missing', 'lost'].includes(difference.kind);
}

/** A proxy that is a WebSocket server to the client and a client to the origin, and does not wait for the one with the other. */
export const ownHandshake: readonly Symptom[] = [
  {
    id: 'accepted-by-proxy',
    title: 'The proxy accepts the handshake by itself, and does not wait for what the origin says to it',
    advice:
      'Ask the origin first, and answer the client when it has answered: with its 101, or with its refusal as it is.',
    // Where it shows in any case: the origin refuses, and nobody is told.
    presumes: [{ probe: 'rejection/status', symptom: 'accepted-by-proxy' }],
    shows: openedUnasked,
    detail: ({ originReplied }) =>
      originReplied
        ? `The client got a 101, and the origin had answered ${originReplied.status}`
        : 'The client got a 101, and the origin had not answered',
  },
];

/** What comes of it. */
export const tooSoon: readonly Symptom[] = [
  {
    id: 'opening-messages-lost',
    title: 'The proxy opens the WebSocket of the client before its own to the origin, and loses what comes in between',
    advice: 'Answer the client when the origin has agreed, or keep its messages until then: a queue that is bounded.',
    presumes: TOLD_BY_TEXT,
    shows: lostTooSoon,
    detail: () =>
      'The WebSocket of the client was open before the origin had agreed, and its first message never came there',
  },
];
