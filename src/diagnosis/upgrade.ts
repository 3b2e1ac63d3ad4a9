import type { Evidence } from './evidence.ts';
import { asksForWebSocket } from './stage.ts';
import type { Symptom } from './symptom.ts';

const ADVICE = 'Hop-by-hop fields end at a proxy unless it is told to pass them on (RFC 9110 §7.6.1).';

const upgradeLost = ({ sent, originSaw }: Evidence): boolean =>
  originSaw !== undefined && asksForWebSocket(sent) && !asksForWebSocket(originSaw.head);

const connection = ({ originSaw }: Evidence): string => originSaw?.head.get('connection') ?? 'no Connection at all';

/** The request came to the origin, but no longer as one for a WebSocket. */
export const upgrade: readonly Symptom[] = [
  {
    id: 'upgrade-headers-dropped',
    title: 'The proxy drops Upgrade and Connection, so the origin gets a plain request',
    advice: ADVICE,
    shows: (evidence) => upgradeLost(evidence) && !evidence.originSaw?.head.lists('connection', 'upgrade'),
    detail: (evidence) =>
      `The origin got an ${evidence.originSaw?.head.version} request without Upgrade, and ${
        evidence.originSaw?.head.has('connection') ? `“Connection: ${connection(evidence)}”` : 'no Connection'
      }.`,
  },
  {
    id: 'upgrade-not-forwarded',
    title: 'The proxy passes “Connection: upgrade” on, but not Upgrade itself',
    advice: `${ADVICE} Connection is set here, Upgrade is missing beside it.`,
    shows: upgradeLost,
  },
];
