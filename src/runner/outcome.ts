import type { Evidence } from '../diagnosis/evidence.ts';
import { diagnose } from '../diagnosis/symptoms.ts';
import type { Measurement } from '../probes/probe.ts';
import type { Unexpected } from '../wire/unexpected.ts';

/** What came of one try: it held, it did not, or the fault is ours. */
export type Outcome = (
  | { readonly kind: 'held' }
  | { readonly kind: 'broken'; readonly failure: Unexpected; readonly evidence?: Evidence }
  | { readonly kind: 'fault'; readonly error: Error }
) & { readonly measured: readonly Measurement[]; readonly durationMs: number };

/** The symptom that the evidence of a try points to. */
export const symptomOf = (outcome: Outcome): string | undefined =>
  outcome.kind === 'broken' && outcome.evidence ? diagnose(outcome.evidence)?.id : undefined;
