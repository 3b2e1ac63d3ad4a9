import type { Evidence } from './evidence.ts';
import { switches } from './stage.ts';
import type { Symptom } from './symptom.ts';

const UNAVAILABLE = [502, 503, 504];

const neverArrived = ({ foreign, originSaw }: Evidence): boolean => !foreign && originSaw === undefined;
const originSwitched = ({ originSaw, originReplied }: Evidence): boolean =>
  originSaw !== undefined && switches(originSaw.head, originReplied);
const clientSwitched = ({ sent, clientSaw }: Evidence): boolean => switches(sent, clientSaw);

/** The origin's own part is asked for in the query: without it the origin echoes, whatever the probe was about. */
const sceneOf = (target: string): string | undefined => /[?&]scene=([^&]*)/.exec(target)?.[1];

/** Whether the request came to the origin at all, and an answer from there to the client. */
export const passage: readonly Symptom[] = [
  {
    id: 'proxy-unreachable',
    title: 'The proxy takes no connection',
    advice: 'Nothing listens at that address and port, or TLS fails: look at the proxy’s log and at its certificate.',
    shows: ({ clientSaw, failure }) => !clientSaw && ['refused', 'unreachable'].includes(failure.kind),
  },
  {
    id: 'query-dropped',
    title: 'The proxy passes the path on without its query',
    advice: 'The address of the origin is put together from the path alone: append the query (RFC 9110 §7.7).',
    shows: ({ sent, originSaw }) =>
      originSaw !== undefined && sceneOf(sent.target) !== undefined && sceneOf(originSaw.head.target) === undefined,
  },
  {
    id: 'answer-garbled',
    title: 'What comes from the proxy is no HTTP response',
    advice:
      'Another protocol is spoken on this port (TLS, HTTP/2, a raw tunnel), or the head of the response is cut off.',
    shows: ({ clientSaw, clientBytes }) => !clientSaw && clientBytes !== undefined && clientBytes.length > 0,
  },
  {
    id: 'request-swallowed',
    title: 'The proxy takes the handshake, passes nothing on and says nothing',
    advice: 'It waits for a free worker or connection, or has no handler for upgrades at all.',
    shows: (evidence) => neverArrived(evidence) && !evidence.clientSaw && evidence.failure.kind === 'timeout',
  },
  {
    id: 'connection-died',
    title: 'The proxy ends the connection without an answer, and passes nothing on',
    advice: 'It has crashed, has no handler for upgrades, or a filter has cut the connection: look at its log.',
    shows: (evidence) => neverArrived(evidence) && !evidence.clientSaw && evidence.failure.kind === 'ended',
  },
  {
    id: 'origin-unreachable',
    title: 'The proxy cannot reach the origin',
    advice: 'Its address for the origin is wrong, or a rule or a health check keeps it from connecting.',
    shows: (evidence) => neverArrived(evidence) && UNAVAILABLE.includes(evidence.clientSaw?.status ?? 0),
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} by itself; the origin was not asked.`,
  },
  {
    id: 'answered-by-proxy',
    title: 'The proxy answers by itself; the origin was not asked',
    advice: 'No route leads to the origin for this request, or a rule (authentication, a filter, a cache) forbids it.',
    shows: (evidence) => neverArrived(evidence) && evidence.clientSaw !== undefined,
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} by itself; the origin was not asked.`,
  },
  {
    id: 'drop-not-answered',
    title: 'When the origin hangs up without an answer, the proxy says nothing to the client',
    advice: 'It tunnels bytes instead of speaking HTTP, or has no handler for errors of the connection to the origin.',
    shows: ({ originSaw, clientSaw }) => originSaw?.hungUp !== undefined && !clientSaw,
  },
  {
    id: 'drop-misreported',
    title: 'When the origin hangs up without an answer, the proxy answers as if it had said something',
    advice: 'An old copy, or a page for errors with a status of its own: 502 says what has happened.',
    shows: ({ originSaw, clientSaw }) => originSaw?.hungUp !== undefined && clientSaw !== undefined,
    detail: ({ clientSaw }) => `The origin hung up without an answer, and the client got ${clientSaw?.status}.`,
  },
  {
    id: 'answer-withheld',
    title: 'The origin answered, and the client gets nothing',
    advice: 'The proxy forwards upgrades like plain requests and has no handler for the 101 that comes back.',
    shows: ({ originReplied, clientSaw }) => originReplied !== undefined && !clientSaw,
    detail: ({ originReplied }) => `The origin answered ${originReplied?.status}, and the client got nothing.`,
  },
  {
    id: 'origin-not-awaited',
    title: 'The proxy gives up before the origin has answered',
    advice: 'Its limit for the first byte of a response is too short for this application.',
    shows: ({ foreign, originReplied, clientSaw, failure }) =>
      !foreign && !originReplied && (clientSaw !== undefined || failure.kind === 'ended'),
    detail: ({ clientSaw }) =>
      `The proxy ${clientSaw ? `answers ${clientSaw.status}` : 'ends the connection'} before the origin has answered.`,
  },
  {
    id: 'switch-not-relayed',
    title: 'The origin switched protocols, and the proxy tells the client something else',
    advice: 'The proxy has not noticed the upgrade, or does not take this 101 for a valid one.',
    shows: (evidence) => originSwitched(evidence) && !clientSwitched(evidence) && evidence.clientSaw !== undefined,
    detail: ({ originReplied, clientSaw }) =>
      `The origin answered ${originReplied?.status}, and the client got ${clientSaw?.status}.`,
  },
];
