import type { Evidence } from './evidence.ts';

/** A named cause, and the evidence of both ends that points to it. */
export interface Symptom {
  readonly id: string;
  /** One sentence that says what the proxy does: "The proxy drops …". */
  readonly title: string;
  /** What it means and where to look when the proxy has no fix of its own for it. */
  readonly advice: string;
  /**
   * A probe of which this is nothing but another view when it does not hold either: then its finding is the news.
   * Unlike the `presumes` of a probe it depends on what was found.
   */
  readonly presumes?: string;
  readonly shows: (evidence: Evidence) => boolean;
  /** The cause with the names and values of this case, as one sentence; never with a value that is a secret. */
  readonly detail?: (evidence: Evidence) => string;
}
