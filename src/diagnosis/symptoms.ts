import type { Evidence } from './evidence.ts';

/** A named cause, and the evidence of both ends that points to it. */
export interface Symptom {
  readonly id: string;
  /** One sentence that says what the proxy does: "The proxy drops …". */
  readonly title: string;
  /** What it means and where to look when the proxy has no fix of its own for it. */
  readonly advice: string;
  readonly shows: (evidence: Evidence) => boolean;
  /** The cause with the names and values of this case, as one sentence. */
  readonly detail?: (evidence: Evidence) => string;
}

/** From the most particular to the most general: the first one that shows is the symptom. */
export const symptoms: readonly Symptom[] = [
  {
    id: 'upgrade-headers-dropped',
    title: 'The proxy drops Upgrade and Connection, so the origin gets a plain request',
    advice: 'Hop-by-hop fields end at a proxy unless it is told to pass them on (RFC 9110 §7.6.1).',
    shows: ({ originSaw }) =>
      originSaw !== undefined && !originSaw.head.has('upgrade') && !originSaw.head.lists('connection', 'upgrade'),
  },
];

/** The cause that the evidence points to, or undefined when nothing known fits. Pure. */
export function diagnose(evidence: Evidence): Symptom | undefined {
  return symptoms.find(({ shows }) => shows(evidence));
}
