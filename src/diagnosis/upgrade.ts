import type { RequestHead } from '../wire/head.ts';
import { LIMIT_TOLD_BY } from './crowds.ts';
import type { Evidence } from './evidence.ts';
import { asksForWebSocket } from './stage.ts';
import type { Symptom } from './symptom.ts';

const HOP_BY_HOP = 'Hop-by-hop fields end at a proxy unless it is told to pass them on (RFC 9110 §7.6.1)';

const upgradeLost = ({ sent, originSaw }: Evidence): boolean =>
  originSaw !== undefined && asksForWebSocket(sent) && !asksForWebSocket(originSaw.head);

/** What a request says of its connection, in words. */
export function connectionIn(head: RequestHead): string {
  return head.has('connection') ? `“Connection: ${head.get('connection')}”` : 'no Connection';
}

/** HTTP/1 at both ends, where a handshake has the fields of RFC 6455 §4.1. */
const inHttp1 = ({ sent, originSaw }: Evidence): boolean =>
  sent.version !== 'HTTP/2' && originSaw !== undefined && originSaw.head.version !== 'HTTP/2';

const asked = ({ sent, originSaw }: Evidence): boolean =>
  originSaw !== undefined && asksForWebSocket(sent) && asksForWebSocket(originSaw.head);

const refusal = ({ clientSaw }: Evidence): string =>
  clientSaw ? `and gets ${clientSaw.status}` : 'and gets no answer';

/** As most clients write them. */
const USUAL = ['websocket', 'Upgrade', 'upgrade'];

/** A handshake that others would take did not come to the origin: the proxy refused it, or hung up. */
const unanswered = ({ foreign, sent, originSaw, stamped, clientSaw, failure }: Evidence): boolean =>
  !foreign &&
  asksForWebSocket(sent) &&
  sent.has('sec-websocket-key') &&
  originSaw === undefined &&
  !stamped &&
  (failure.kind === 'ended' || (clientSaw !== undefined && clientSaw.status < 500 && clientSaw.status !== 429));

/** The proxy reads the fields of an upgrade as something else than they are. */
export const misreadings: readonly Symptom[] = [
  {
    id: 'upgrade-list-misread',
    title: 'The proxy takes Upgrade for one word, and it is a list',
    advice: 'Have it look for “websocket” among the members (RFC 9110 §7.8), or put that one word in their place.',
    presumes: LIMIT_TOLD_BY,
    shows: ({ sent, stamped, failure }) =>
      sent.list('upgrade').length > 1 && !stamped && (failure.about === 'upgrade' || failure.kind === 'ended'),
    detail: (evidence) => `The client asks with “Upgrade: ${evidence.sent.get('upgrade')}”, ${refusal(evidence)}`,
  },
  {
    id: 'token-case-misread',
    title: 'The proxy compares the words of a handshake with the case in which they stand',
    advice: 'Compare “websocket” and “upgrade” in any case (RFC 6455 §4.2.1): clients write them as they like.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) =>
      unanswered(evidence) &&
      (
        [
          ['upgrade', 'websocket'],
          ['connection', 'upgrade'],
        ] as const
      ).some(([name, word]) => {
        const value = evidence.sent.get(name) ?? '';
        return value.toLowerCase() === word && !USUAL.includes(value);
      }),
    detail: (evidence) =>
      `The client asks with “Upgrade: ${evidence.sent.get('upgrade')}” and ${connectionIn(evidence.sent)}, ${refusal(evidence)}`,
  },
  {
    id: 'connection-list-misread',
    title: 'The proxy takes Connection for one word, and it is a list',
    advice: 'Have it look for “upgrade” among the members (RFC 9110 §7.6.1): Firefox sends “keep-alive, Upgrade”.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) => unanswered(evidence) && evidence.sent.list('connection').length > 1,
    detail: (evidence) => `The client asks with ${connectionIn(evidence.sent)}, ${refusal(evidence)}`,
  },
  {
    id: 'upgrade-invented',
    title: 'The proxy adds “Connection: upgrade” to a request in which only Upgrade stood',
    advice:
      'Let Connection follow the client’s Connection, not its Upgrade: without the option the field is a leftover.',
    shows: (evidence) =>
      inHttp1(evidence) &&
      asked(evidence) &&
      !evidence.sent.lists('connection', 'upgrade') &&
      evidence.originSaw!.head.lists('connection', 'upgrade'),
  },
  {
    id: 'http10-upgraded',
    title: 'The proxy makes an upgrade of HTTP/1.1 of one in HTTP/1.0',
    advice: 'There is no upgrade in HTTP/1.0 (RFC 9110 §7.8): drop the field where the client speaks it.',
    shows: (evidence) =>
      inHttp1(evidence) &&
      asked(evidence) &&
      evidence.sent.version === 'HTTP/1.0' &&
      evidence.originSaw!.head.version !== 'HTTP/1.0',
  },
  {
    id: 'key-invented',
    title: 'The proxy makes a Sec-WebSocket-Key for a client that sent none',
    advice: 'Only a handshake that comes over HTTP/2 needs one to be made (RFC 8441 §5): refuse the others.',
    shows: (evidence) =>
      inHttp1(evidence) &&
      asked(evidence) &&
      !evidence.sent.has('sec-websocket-key') &&
      evidence.originSaw!.head.has('sec-websocket-key'),
  },
];

/** The request came to the origin, but no longer as one for a WebSocket. */
export const upgrade: readonly Symptom[] = [
  {
    id: 'upgrade-headers-dropped',
    title: 'The proxy drops Upgrade and Connection, so the origin gets a plain request',
    advice: `${HOP_BY_HOP}: set both where the client asks for an upgrade.`,
    shows: (evidence) => upgradeLost(evidence) && !evidence.originSaw?.head.lists('connection', 'upgrade'),
    detail: ({ originSaw }) =>
      `The origin got a plain ${originSaw!.head.version} request: no Upgrade and ${connectionIn(originSaw!.head)}`,
  },
  {
    id: 'upgrade-not-forwarded',
    title: 'The proxy passes “Connection: upgrade” on, but not Upgrade itself',
    advice: `${HOP_BY_HOP}: set Upgrade as well where Connection is set.`,
    shows: upgradeLost,
  },
  {
    id: 'key-missing',
    title: 'The proxy asks the origin for a WebSocket without a Sec-WebSocket-Key',
    advice:
      'A handshake over HTTP/1.1 needs a key of 16 bytes (RFC 6455 §4.1, item 7); one that comes over HTTP/2 has none, so the proxy has to make it (RFC 8441 §5).',
    shows: ({ sent, originSaw }) =>
      originSaw !== undefined &&
      originSaw.head.version !== 'HTTP/2' &&
      asksForWebSocket(originSaw.head) &&
      asksForWebSocket(sent) &&
      (sent.version === 'HTTP/2' || sent.has('sec-websocket-key')) &&
      !originSaw.head.has('sec-websocket-key'),
  },
];
