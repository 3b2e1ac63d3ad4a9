import { acceptFor } from '../wire/handshake.ts';
import type { Evidence } from './evidence.ts';
import { asksForWebSocket } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** The origin sent a 101 over HTTP/1, to a request that had not asked for one. */
const unsolicited = ({ originSaw, originReplied }: Evidence): boolean =>
  originReplied?.status === 101 && originSaw !== undefined && !asksForWebSocket(originSaw.head);

/** The origin sent a 101 that no client may take for that of a WebSocket (RFC 6455 §4.1). */
function invalid({ originSaw, originReplied }: Evidence): boolean {
  if (originReplied?.status !== 101 || !originSaw?.head.has('sec-websocket-key')) return false;
  const accept = acceptFor(originSaw.head.get('sec-websocket-key')!);
  return !originReplied.lists('upgrade', 'websocket') || originReplied.get('sec-websocket-accept') !== accept;
}

/** What becomes of a 101 that should not be. */
export const badSwitches: readonly Symptom[] = [
  {
    id: 'unsolicited-tunnel',
    title: 'The proxy opens a tunnel for a request that has not asked for one',
    advice: 'Only an answer to a request with Upgrade may open a tunnel (RFC 9110 §7.8): have it answer 502.',
    shows: (evidence) => unsolicited(evidence) && evidence.failure.about === 'stray',
  },
  {
    id: 'unsolicited-switch-relayed',
    title: 'The proxy passes a 101 on that the client has not asked for',
    advice: 'No client can do anything with it: have the proxy answer 502 (RFC 9110 §15.6.3).',
    shows: (evidence) => unsolicited(evidence) && evidence.clientSaw?.status === 101,
  },
  {
    id: 'unsolicited-switch-hangs',
    title: 'The proxy neither passes a 101 on that nobody has asked for, nor says that something is wrong',
    advice: 'It waits for a final answer, which does not come behind a 101: have it answer 502.',
    shows: (evidence) => unsolicited(evidence) && !evidence.clientSaw && evidence.failure.kind === 'timeout',
  },
  {
    id: 'bad-switch-hidden',
    title: 'The proxy hides that a 101 of the origin is not valid',
    advice: 'It has to pass such a 101 on as it is, or to answer 502: what it says instead, the client believes.',
    shows: (evidence) =>
      (unsolicited(evidence) || invalid(evidence)) &&
      evidence.clientSaw !== undefined &&
      evidence.clientSaw.status < 500 &&
      evidence.failure.about === 'status',
    detail: ({ clientSaw }) => `The origin sent a 101 that is not valid, and the client got ${clientSaw?.status}`,
  },
];
