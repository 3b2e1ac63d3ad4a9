import { hostsNamed, namesHost } from '../wire/forwarded.ts';
import type { RequestHead, ResponseHead } from '../wire/head.ts';
import type { Evidence } from './evidence.ts';
import { concerns } from './fields.ts';
import { asksForWebSocket, stageOf } from './stage.ts';
import type { Symptom } from './symptom.ts';
import { connectionIn } from './upgrade.ts';

/** The origin was asked for a WebSocket by HTTP/1; what it then got wrong may have kept it from agreeing. */
const asked = ({ originSaw }: Evidence): boolean =>
  originSaw !== undefined && originSaw.head.version !== 'HTTP/2' && asksForWebSocket(originSaw.head);

/** The part is what did not hold, or it may be why there was no switch at all. */
const mayMatter = (evidence: Evidence, part: string): boolean =>
  concerns(evidence, part) || (stageOf(evidence) === 'handshake' && evidence.failure.about !== 'status');

const authority = (head: RequestHead): string => head.get('host') ?? head.get(':authority') ?? '';

/** Whether two values of the same field are there and differ. */
function differs(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** A 101 that does not say what RFC 6455 §4.1 wants of it. */
const lacksUpgrade = (head: ResponseHead | undefined): boolean =>
  head?.status === 101 && !(head.lists('upgrade', 'websocket') && head.lists('connection', 'upgrade'));

/**
 * What a proxy does to every handshake. It shows in each exchange, also in those that fail for another reason, so it is
 * the cause only where it is what was looked at.
 */
export const habits: readonly Symptom[] = [
  {
    id: 'connection-always-upgrade',
    title: 'The proxy sets “Connection: upgrade” on every request, WebSocket or not',
    advice: 'Set it only where the client asked for an upgrade; plain requests must keep their connection.',
    shows: ({ sent, originSaw, failure }) =>
      failure.about === 'connection' &&
      !asksForWebSocket(sent) &&
      !sent.lists('connection', 'upgrade') &&
      !!originSaw?.head.lists('connection', 'upgrade'),
  },
  {
    id: 'http10-upstream',
    title: 'The proxy speaks HTTP/1.0 to the origin',
    advice: 'There is no upgrade in HTTP/1.0 (RFC 9110 §7.8): let the proxy speak HTTP/1.1 to the origin.',
    shows: (evidence) =>
      asked(evidence) && evidence.originSaw?.head.version === 'HTTP/1.0' && mayMatter(evidence, 'version'),
  },
  {
    id: 'connection-not-forwarded',
    title: 'The proxy passes Upgrade on, but not “upgrade” in Connection',
    advice: 'Both are needed (RFC 9110 §7.8): set Connection where Upgrade is set.',
    shows: (evidence) =>
      asked(evidence) && !evidence.originSaw?.head.lists('connection', 'upgrade') && mayMatter(evidence, 'connection'),
    detail: ({ originSaw }) => `The origin got Upgrade and ${connectionIn(originSaw!.head)}`,
  },
  {
    id: 'version-rewritten',
    title: 'The proxy changes Sec-WebSocket-Version',
    advice: 'Leave the version to the two ends, which know what they speak (RFC 6455 §4.4).',
    shows: ({ sent, originSaw, failure }) =>
      ['status', 'sec-websocket-version'].includes(failure.about ?? '') &&
      differs(sent.get('sec-websocket-version'), originSaw?.head.get('sec-websocket-version')),
    detail: ({ sent, originSaw }) =>
      `The client sent version ${sent.get('sec-websocket-version')}, and the origin got ${originSaw?.head.get('sec-websocket-version')}`,
  },
  {
    id: 'key-rewritten',
    title: 'The proxy sends a Sec-WebSocket-Key of its own to the origin',
    advice: 'It opens a WebSocket of its own to the origin: let it pass the handshake on if it can.',
    shows: (evidence) =>
      ['sec-websocket-key', 'sec-websocket-accept'].some((part) => concerns(evidence, part)) &&
      differs(evidence.sent.get('sec-websocket-key'), evidence.originSaw?.head.get('sec-websocket-key')),
    detail: ({ sent, originSaw }) =>
      `The client sent the key ${sent.get('sec-websocket-key')}, and the origin got ${originSaw?.head.get('sec-websocket-key')}`,
  },
  {
    id: 'accept-rewritten',
    title: 'The proxy changes Sec-WebSocket-Accept',
    advice: 'The answer of another handshake is given to this client: never cache a 101.',
    shows: (evidence) =>
      concerns(evidence, 'sec-websocket-accept') &&
      // RFC 8441 §5: over HTTP/2 there is none.
      evidence.clientSaw?.version !== 'HTTP/2' &&
      evidence.originReplied?.get('sec-websocket-accept') !== evidence.clientSaw?.get('sec-websocket-accept'),
  },
  {
    id: 'switch-headers-dropped',
    title: 'The proxy drops Upgrade or Connection from the 101',
    advice: 'A client fails a 101 without them (RFC 6455 §4.1): write both into the answer.',
    shows: (evidence) =>
      (concerns(evidence, 'upgrade') || concerns(evidence, 'connection')) &&
      lacksUpgrade(evidence.clientSaw) &&
      !lacksUpgrade(evidence.originReplied),
  },
  {
    id: 'body-announced-in-101',
    title: 'The proxy adds a field to the 101 that announces a body',
    advice: 'A 101 has no body (RFC 9110 §8.6): exempt it from compression and from whatever else frames bodies.',
    shows: (evidence) =>
      ['content-length', 'transfer-encoding'].some(
        (name) => concerns(evidence, name) && evidence.clientSaw?.has(name) && !evidence.originReplied?.has(name),
      ),
  },
  {
    id: 'host-rewritten',
    title: 'The proxy rewrites Host and tells the origin nowhere what it was',
    advice: 'Pass Host on as it came, or name it in X-Forwarded-Host or Forwarded (RFC 7239 §5.3).',
    shows: (evidence) =>
      concerns(evidence, 'host') &&
      evidence.originSaw !== undefined &&
      !namesHost(evidence.originSaw.head, authority(evidence.sent)),
    detail: ({ sent, originSaw }) =>
      `The proxy rewrites Host from ${authority(sent)} to ${hostsNamed(originSaw!.head)[0] ?? 'nothing'}`,
  },
];
