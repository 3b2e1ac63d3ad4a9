import type { RequestHead } from '../wire/head.ts';
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
