import { asksForWebSocket } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** The request for an upgrade lost its meaning on the way. */
export const upgrade: readonly Symptom[] = [
  {
    id: 'upgrade-headers-dropped',
    title: 'The proxy drops Upgrade and Connection, so the origin gets a plain request',
    advice: 'Hop-by-hop fields end at a proxy unless it is told to pass them on (RFC 9110 §7.6.1).',
    shows: ({ sent, originSaw }) =>
      asksForWebSocket(sent) &&
      originSaw !== undefined &&
      !asksForWebSocket(originSaw.head) &&
      !originSaw.head.lists('connection', 'upgrade'),
  },
];
