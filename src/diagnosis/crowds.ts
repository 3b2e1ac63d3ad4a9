import type { RequestHead } from '../wire/head.ts';
import type { Evidence } from './evidence.ts';
import { asksForWebSocket, stageOf } from './stage.ts';
import type { Presumption, Symptom } from './symptom.ts';

/** Connections from which on it is their number that matters. */
const CROWD = 10;

const others = ({ others = [] }: Evidence): number => others.length;
const open = ({ others = [] }: Evidence): number => others.filter((other) => other.open).length;

/** How many, roughly: a limit is not met at the same place each time. */
const roughly = (count: number): number => Math.floor(count / 10) * 10;

/** An exchange that got nowhere, after others like it had got through. */
const leftOut = (evidence: Evidence): boolean => stageOf(evidence) === 'handshake' && others(evidence) >= CROWD;

/** What limits answer with: RFC 9110 §15.6.4, RFC 6585 §4. */
const REFUSALS = [429, 503];

/** It did not come to the origin, while others did. */
export const amongOthers = (evidence: Evidence): boolean =>
  !evidence.foreign && evidence.originSaw === undefined && ((evidence.beside ?? 0) > 0 || open(evidence) > 0);

/** A request without what is another in each. */
const gist = ({ start, fields }: RequestHead): string =>
  [
    start.replace(/nonce=\w+/, ''),
    ...fields.filter(([name]) => !/^(sec-websocket-key|x-wsproof-nonce)$/i.test(name)).map((field) => field.join(':')),
  ].join('\n');

/** One that is no other than this one got through, and is open. */
const likeOneThatIsOpen = ({ sent, others = [] }: Evidence): boolean =>
  others.some((other) => other.open && gist(other.sent) === gist(sent));

/** The probe that tells of a limit, where there is one. */
export const LIMIT_TOLD_BY: readonly Presumption[] = [{ probe: 'load/side-by-side' }];

/** What depends on how many others there are. */
export const crowds: readonly Symptom[] = [
  {
    id: 'requests-starved',
    title: 'Plain requests are not answered while many WebSockets are open',
    advice:
      'WebSockets take the workers or the connections that requests need: raise their number, or keep them apart.',
    shows: (evidence) => leftOut(evidence) && open(evidence) >= CROWD && !asksForWebSocket(evidence.sent),
  },
  {
    id: 'connection-limit',
    title: 'The proxy holds no more connections than it has places for',
    advice: 'Each WebSocket takes a place for hours: raise its number of workers, connections or open files.',
    presumes: LIMIT_TOLD_BY,
    // RFC 6585 §4: 429 is said of requests in a time.
    shows: (evidence) => leftOut(evidence) && open(evidence) >= CROWD && evidence.clientSaw?.status !== 429,
    detail: (evidence) =>
      `While at least ${roughly(open(evidence))} connections were open, the next one did not get through`,
  },
  {
    id: 'refused-among-others',
    title: 'The proxy refuses this one while others get through',
    advice:
      'Look for a limit of connections or of requests a second (limit_conn, limit_req, maxconn, a rate limiter), or a ' +
      'rule that just this request falls under. A page opens several WebSockets, and many users share one address.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) =>
      amongOthers(evidence) &&
      evidence.clientSaw !== undefined &&
      (REFUSALS.includes(evidence.clientSaw.status) ||
        // Some limits answer as if it was forbidden: it is the number that is.
        (evidence.clientSaw.status === 403 && likeOneThatIsOpen(evidence))),
    detail: ({ clientSaw }) => `The proxy answers ${clientSaw?.status} by itself, while it lets others through`,
  },
  {
    id: 'places-not-freed',
    title: 'Connections that have ended keep their places in the proxy',
    advice:
      'It does not notice their end, or does not count it: look at what it still holds open, and at its timeouts.',
    presumes: LIMIT_TOLD_BY,
    shows: leftOut,
    detail: (evidence) =>
      `After at least ${roughly(others(evidence))} connections had come and gone, the next one did not get through`,
  },
];
