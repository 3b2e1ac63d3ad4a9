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

/**
 * When the far side ended the connection of a try that did not hold, and this side had not: ms on the monotonic clock.
 * Undefined when the connection is not what it failed of.
 */
export function endedAt(outcome: Outcome): number | undefined {
  if (outcome.kind !== 'broken' || !outcome.evidence) return undefined;
  const { clientEnding, clientLeft, judgedAt } = outcome.evidence;
  if (clientEnding) return clientEnding.at < (clientLeft?.at ?? Infinity) ? clientEnding.at : undefined;
  // Who had no answer yet has noticed the end at once.
  return outcome.failure.kind === 'ended' ? judgedAt : undefined;
}
