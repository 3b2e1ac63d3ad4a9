import { balancing } from './balancing.ts';
import { compression } from './compression.ts';
import type { Evidence } from './evidence.ts';
import { fallback } from './fallback.ts';
import { fields } from './fields.ts';
import { firstBytes } from './first-bytes.ts';
import { habits } from './habits.ts';
import { leftovers } from './leftovers.ts';
import { passage } from './passage.ts';
import { refusals } from './refusals.ts';
import { setCookie } from './set-cookie.ts';
import type { Symptom } from './symptom.ts';
import { target } from './target.ts';
import { upgrade } from './upgrade.ts';

/** From the most particular to the most general: the first one that shows is the symptom. */
export const symptoms: readonly Symptom[] = [
  ...upgrade,
  ...fallback,
  ...balancing,
  ...passage,
  ...refusals,
  ...firstBytes,
  ...compression,
  ...fields,
  ...setCookie,
  ...target,
  ...habits,
  ...leftovers,
];

/** The cause that the evidence points to, or undefined when nothing known fits. Pure. */
export function diagnose(evidence: Evidence): Symptom | undefined {
  return symptoms.find(({ shows }) => shows(evidence));
}
