import type { Evidence } from './evidence.ts';
import { stageOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

const anyOut = ({ origins }: Evidence): boolean => origins?.some(({ out }) => out) ?? false;

/** The origin where the session of a request was begun: its name comes first in the session's. */
const homeOf = (target: string): string | undefined => /[?&]session=(\w+)-/.exec(target)?.[1];

/** What a balancer over two origins does with connections, sessions and outages. */
export const balancing: readonly Symptom[] = [
  {
    id: 'outage-not-told',
    title: 'When every origin refuses connections, the proxy does not say so by a 502, 503 or 504',
    advice: 'Have it answer 502 or 503 when there is no origin left to try, and at once.',
    shows: ({ origins = [] }) => origins.length > 0 && origins.every(({ out }) => out),
    detail: ({ clientSaw }) =>
      `Every origin refused connections, and the client got ${clientSaw ? clientSaw.status : 'no answer'}`,
  },
  {
    id: 'session-moved',
    title: 'The proxy sends the requests of one session to different origins',
    advice: 'Choose the origin by a cookie or by the client’s address, for polls and upgrades alike.',
    shows: ({ originSaw, requests }) => {
      const home = homeOf(originSaw?.head.target ?? '');
      // A name that no origin has is not where it was begun: the session did not come back as it was given.
      const known = home !== undefined && requests.some(({ origins }) => origins.includes(home));
      return known && home !== originSaw?.origin;
    },
    detail: ({ originSaw }) =>
      `The session was begun at origin ${homeOf(originSaw?.head.target ?? '')}, and this request came to ${originSaw?.origin}`,
  },
  {
    id: 'handshake-repeated',
    title: 'The proxy sends a handshake again when the origin hangs up on it',
    advice: 'Switch the next try off for upgrades, but for connections that are refused: nothing was sent there yet.',
    shows: ({ arrivals, originSaw }) => arrivals > 1 && originSaw?.hungUp !== undefined,
    detail: ({ arrivals }) => `One handshake of the client came to the origins ${arrivals} times`,
  },
  {
    id: 'connection-migrated',
    title: 'When its origin dies, the proxy moves a connection to another one and does not tell the client',
    advice: 'End the connection, so that the client begins anew: the other origin knows nothing of the conversation.',
    shows: (evidence) => evidence.arrivals > 1 && anyOut(evidence),
  },
  {
    id: 'connection-split',
    title: 'The proxy sends the messages of one connection to several origins',
    advice: 'Balance connections, not messages: all that belongs to one handshake has to go to one origin.',
    shows: ({ arrivals, failure }) => arrivals > 1 && failure.about === 'origins',
  },
  {
    id: 'one-origin-only',
    title: 'The proxy uses one of its two origins only',
    advice:
      'Look whether the other is a backup or down in its eyes, and whether it chooses by an address that all share.',
    shows: ({ requests, failure }) =>
      failure.about === 'origins' && new Set(requests.flatMap(({ origins }) => origins)).size === 1,
    detail: ({ requests }) => `All handshakes came to origin ${requests[0]?.origins[0]}`,
  },
  {
    id: 'dead-origin-used',
    title: 'The proxy goes on sending handshakes to an origin that refuses connections',
    advice: 'Let it try the next origin when a connection is refused, and check the health of its origins.',
    shows: (evidence) => anyOut(evidence) && evidence.originSaw === undefined,
  },
  {
    id: 'drained-connections-cut',
    title: 'The proxy cuts the connections to an origin that takes no more of them',
    advice: 'Let connections run on when a health check fails, or drain the origin in the proxy first.',
    shows: (evidence) =>
      anyOut(evidence) && stageOf(evidence) === 'conversation' && evidence.clientEnding !== undefined,
  },
];
