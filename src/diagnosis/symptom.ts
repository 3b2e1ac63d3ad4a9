import type { Evidence } from './evidence.ts';

/** A finding that explains others. */
export interface Presumption {
  readonly probe: string;
  /** The symptom that it must have been given. Default: any. */
  readonly symptom?: string;
}

/** A named cause, and the evidence of both ends that points to it. */
export interface Symptom {
  readonly id: string;
  /** One sentence that says what the proxy does: "The proxy drops …". */
  readonly title: string;
  /** What it means and where to look when the proxy has no fix of its own for it. */
  readonly advice: string;
  /**
   * Findings of which this is nothing but another view: the first of them that is there is the news. Unlike the `presumes`
   * of a probe it depends on what was found.
   */
  readonly presumes?: readonly Presumption[];
  readonly shows: (evidence: Evidence) => boolean;
  /** The cause with the names and values of this case, as one sentence; never with a value that is a secret. */
  readonly detail?: (evidence: Evidence) => string;
}
