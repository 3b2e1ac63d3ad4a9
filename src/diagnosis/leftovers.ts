import { missingFields } from './end-to-end.ts';
import type { Evidence } from './evidence.ts';
import { stageOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** The missing fields that can be what did not hold. */
function missing(evidence: Evidence, way: 'request' | 'response'): string[] {
  const names = missingFields(evidence, way);
  const { about } = evidence.failure;
  if (stageOf(evidence) !== 'heads') return [];
  return about === undefined || names.some((name) => name.toLowerCase() === about) ? names : [];
}

/** What is left when nothing more particular fits. */
export const leftovers: readonly Symptom[] = [
  {
    id: 'request-field-dropped',
    title: 'The proxy drops a field of the request',
    advice:
      'Pass on fields that the proxy does not know as well (RFC 9110 §5.1), or add this one to those it lets through.',
    presumes: [{ probe: 'headers/request-fields', symptom: 'request-field-dropped' }],
    shows: (evidence) => missing(evidence, 'request').length > 0,
    detail: (evidence) => `The proxy drops ${missing(evidence, 'request').join(', ')} from the request`,
  },
  {
    id: 'response-field-dropped',
    title: 'The proxy drops a field of the 101',
    advice:
      'Pass on fields that the proxy does not know as well (RFC 9110 §5.1), or add this one to those it lets through.',
    presumes: [{ probe: 'headers/101-fields', symptom: 'response-field-dropped' }],
    shows: (evidence) => missing(evidence, 'response').length > 0,
    detail: (evidence) => `The proxy drops ${missing(evidence, 'response').join(', ')} from the 101`,
  },
];
