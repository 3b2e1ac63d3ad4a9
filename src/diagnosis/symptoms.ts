import type { Evidence } from './evidence.ts';
import type { Symptom } from './symptom.ts';
import { upgrade } from './upgrade.ts';

/** From the most particular to the most general: the first one that shows is the symptom. */
export const symptoms: readonly Symptom[] = [...upgrade];

/** The cause that the evidence points to, or undefined when nothing known fits. Pure. */
export function diagnose(evidence: Evidence): Symptom | undefined {
  return symptoms.find(({ shows }) => shows(evidence));
}
