import { amongOthers, LIMIT_TOLD_BY } from './crowds.ts';
import type { Evidence } from './evidence.ts';
import { asksForWebSocket, REDIRECTS, sceneOf, switches, UNAVAILABLE } from './stage.ts';
import type { Symptom } from './symptom.ts';

const neverArrived = ({ foreign, originSaw }: Evidence): boolean => !foreign && originSaw === undefined;
const originSwitched = ({ originSaw, originReplied }: Evidence): boolean =>
  originSaw !== undefined && switches(originSaw.head, originReplied);
const clientSwitched = ({ sent, clientSaw }: Evidence): boolean => switches(sent, clientSaw);

/** ms from which on an answer takes its time. */
const LATE = 1000;

const untilReply = ({ originSaw }: Evidence): number => (originSaw?.repliedAt ?? 0) - (originSaw?.arrivedAt ?? 0);

/** The origin took its time, and when its answer came the connection of the client was gone. */
const answeredTooLate = (evidence: Evidence): boolean =>
  !evidence.clientSaw && evidence.failure.kind === 'ended' && untilReply(evidence) >= LATE;

/** Whether the request came to the origin at all, and an answer from there to the client. */
export const passage: readonly Symptom[] = [
  {
    id: 'shut-out-among-others',
    title: 'The proxy leaves this one without an answer while others are open or get through',
    advice:
      'Look for a limit of connections, workers or requests (maxconn, worker_connections, MaxRequestWorkers, a rate ' +
      'limiter, a pool towards the origin), and in its log for a crash or a filter that just this request met.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) =>
      amongOthers(evidence) && !evidence.clientSaw && ['refused', 'ended', 'timeout'].includes(evidence.failure.kind),
  },
  {
    id: 'proxy-unreachable',
    title: 'The proxy takes no connection',
    advice: 'Nothing listens at that address and port, or TLS fails: look at the proxy’s log and at its certificate.',
    presumes: LIMIT_TOLD_BY,
    shows: ({ clientSaw, failure }) => !clientSaw && ['refused', 'unreachable'].includes(failure.kind),
  },
  {
    id: 'query-dropped',
    title: 'The proxy passes the path on without its query',
    advice: 'Append the query where the address of the origin is put together from the path (RFC 9110 §7.7).',
    presumes: [{ probe: 'handshake/request-target', symptom: 'query-dropped' }],
    shows: ({ sent, originSaw }) =>
      originSaw !== undefined && sceneOf(sent) !== undefined && sceneOf(originSaw.head) === undefined,
  },
  {
    id: 'answer-garbled',
    title: 'What comes from the proxy is no HTTP response',
    advice:
      'Look which protocol is spoken on this port (TLS, HTTP/2, a raw tunnel), and whether the response is cut off.',
    shows: ({ clientSaw, clientBytes }) => !clientSaw && clientBytes !== undefined && clientBytes.length > 0,
  },
  {
    id: 'request-swallowed',
    title: 'The proxy takes the handshake, passes nothing on and says nothing',
    advice: 'Look for a limit of workers or connections, and whether it has a handler for upgrades at all.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) => neverArrived(evidence) && !evidence.clientSaw && evidence.failure.kind === 'timeout',
  },
  {
    id: 'connection-died',
    title: 'The proxy ends the connection without an answer, and passes nothing on',
    advice: 'Look at its log for a crash or a filter, and whether it has a handler for upgrades at all.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) => neverArrived(evidence) && !evidence.clientSaw && evidence.failure.kind === 'ended',
  },
  {
    id: 'encoded-slash-refused',
    title: 'The proxy refuses a path with an encoded slash in it',
    advice: 'Allow %2F in paths and pass it on undecoded: it is no separator of folders (RFC 3986 §2.2).',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) =>
      neverArrived(evidence) &&
      /^[^?]*%2F/i.test(evidence.sent.target) &&
      [400, 403, 404].includes(evidence.clientSaw?.status ?? 0),
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} to a path with an encoded slash in it`,
  },
  {
    id: 'origin-unreachable',
    title: 'The proxy cannot reach the origin',
    advice: 'Check the address that it has for the origin, its health checks, and what may keep it from connecting.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) => neverArrived(evidence) && UNAVAILABLE.includes(evidence.clientSaw?.status ?? 0),
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} by itself; the origin was not asked`,
  },
  {
    id: 'redirected-by-proxy',
    title: 'The proxy redirects to another address instead of asking the origin',
    advice:
      'Use the address that it redirects to, with wss: for https:. Browsers follow no redirect of a WebSocket handshake; ' +
      'or take the path of the WebSocket out of the redirect.',
    shows: (evidence) =>
      neverArrived(evidence) &&
      REDIRECTS.includes(evidence.clientSaw?.status ?? 0) &&
      evidence.clientSaw!.has('location'),
    detail: ({ clientSaw }) =>
      `The proxy answers ${clientSaw?.status} by itself and sends the client to ${clientSaw?.get('location')}`,
  },
  {
    id: 'login-required',
    title: 'The proxy asks for credentials; the origin was not asked',
    advice:
      'A script in a browser cannot put an Authorization field on a WebSocket: let the path of the WebSocket through and ' +
      'have the application authenticate it by cookie or by a short-lived token.',
    shows: (evidence) => neverArrived(evidence) && [401, 407].includes(evidence.clientSaw?.status ?? 0),
    detail: ({ clientSaw }) =>
      `The proxy answers ${clientSaw?.status} by itself: ${clientSaw?.get('www-authenticate') ?? clientSaw?.get('proxy-authenticate') ?? 'it wants credentials'}`,
  },
  {
    id: 'rate-limited',
    title: 'The proxy limits the number of requests, and refuses this one',
    advice: 'Raise the limit, count by user instead of by address, or leave the path of the WebSocket out of it.',
    presumes: LIMIT_TOLD_BY,
    // RFC 6585 §4.
    shows: (evidence) => neverArrived(evidence) && evidence.clientSaw?.status === 429,
  },
  {
    id: 'plain-request-not-forwarded',
    title: 'The proxy answers a plain request by itself; the origin was not asked',
    advice:
      'Pages, health checks and the fallback by polling are plain requests: forward them on this path as well, or keep ' +
      'this address for WebSockets alone.',
    presumes: [...LIMIT_TOLD_BY, { probe: 'fallback/plain-http' }],
    shows: (evidence) => neverArrived(evidence) && evidence.clientSaw !== undefined && !asksForWebSocket(evidence.sent),
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} to a plain request; the origin was not asked`,
  },
  {
    id: 'answered-by-proxy',
    title: 'The proxy answers by itself; the origin was not asked',
    advice:
      'Look for a missing route, or a rule (a filter, a cache, a page of its own) that answers in the origin’s place.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) => neverArrived(evidence) && evidence.clientSaw !== undefined,
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} by itself; the origin was not asked`,
  },
  {
    id: 'drop-not-answered',
    title: 'When the origin hangs up without an answer, the proxy says nothing to the client',
    advice: 'Let it answer 502 when the connection to the origin fails; a library needs an error handler for that.',
    shows: ({ originSaw, clientSaw }) => originSaw?.hungUp !== undefined && !clientSaw,
  },
  {
    id: 'drop-misreported',
    title: 'When the origin hangs up without an answer, the proxy gives another status than 502, 503 or 504',
    advice: 'Let it answer 502 in place of an old copy or a page with another status.',
    shows: ({ originSaw, clientSaw }) => originSaw?.hungUp !== undefined && clientSaw !== undefined,
    detail: ({ clientSaw }) => `The origin hung up without an answer, and the client got ${clientSaw?.status}`,
  },
  {
    id: 'answer-withheld',
    title: 'The origin answered, and the client gets nothing',
    advice: 'It forwards upgrades like plain requests: give it a handler for upgrades and for the 101 that comes back.',
    presumes: [{ probe: 'rejection/status', symptom: 'answer-withheld' }],
    shows: (evidence) => evidence.originReplied !== undefined && !evidence.clientSaw && !answeredTooLate(evidence),
    detail: ({ originReplied }) => `The origin answered ${originReplied?.status}, and the client got nothing`,
  },
  {
    id: 'handshake-asked-again',
    title: 'The proxy gives up on an origin that takes its time, and sends it the handshake a second time',
    advice: 'Raise its limit for the first byte of a response, and switch further tries off for upgrades.',
    shows: ({ arrivals, originSaw, originReplied, clientSaw }) =>
      arrivals > 1 && originSaw?.hungUp === undefined && !originReplied && !clientSaw,
    detail: ({ arrivals }) =>
      `One handshake of the client came to the origin ${arrivals} times, and was answered never`,
  },
  {
    id: 'late-answer-withheld',
    title: 'The proxy ends the connection instead of passing an answer on that took its time',
    advice: 'It limits the time of a whole exchange (a write timeout): raise the limit, or take it off this path.',
    presumes: ['handshake/late-101', 'fallback/long-poll'].map((probe) => ({ probe, symptom: 'late-answer-withheld' })),
    shows: (evidence) => !evidence.foreign && evidence.originReplied !== undefined && answeredTooLate(evidence),
    detail: (evidence) =>
      `The origin takes ${Math.round(untilReply(evidence) / 1000)} s to answer, and the proxy ends the connection instead of passing that on`,
  },
  {
    id: 'origin-not-awaited',
    title: 'The proxy gives up before the origin has answered',
    advice: 'Raise its limit for the first byte of a response.',
    presumes: ['handshake/late-101', 'fallback/long-poll'].map((probe) => ({ probe, symptom: 'origin-not-awaited' })),
    shows: ({ foreign, originReplied, clientSaw, failure }) =>
      !foreign &&
      (originReplied
        ? // An answer that came too late (RFC 9110 §15.6.5).
          clientSaw?.status === 504 && originReplied.status !== 504
        : clientSaw !== undefined || failure.kind === 'ended'),
    detail: ({ clientSaw }) =>
      `The proxy ${clientSaw ? `answers ${clientSaw.status}` : 'ends the connection'} before the origin has answered`,
  },
  {
    id: 'switch-not-relayed',
    title: 'The origin switched protocols, and the proxy tells the client something else',
    advice: 'Look at its log for why it does not take this 101 for a valid one, and whether upgrades are enabled.',
    shows: (evidence) =>
      originSwitched(evidence) &&
      !clientSwitched(evidence) &&
      evidence.clientSaw !== undefined &&
      // The origin is generous; what was missing in its request is why the proxy takes no 101.
      (evidence.originSaw!.head.version === 'HTTP/2' || evidence.originSaw!.head.lists('connection', 'upgrade')),
    detail: ({ originReplied, clientSaw }) =>
      `The origin answered ${originReplied?.status}, and the client got ${clientSaw?.status}`,
  },
];
