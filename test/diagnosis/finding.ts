import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose, symptoms } from '../../src/diagnosis/symptoms.ts';
import { type Case, evidence } from './hand-made.ts';

/** Whatever shows in a piece of evidence tells of it in one sentence, and without secrets. */
function assertTold(of: Case): void {
  const evident = evidence(of);
  for (const { id, shows, detail } of symptoms) {
    if (!shows(evident) || !detail) continue;
    assert.match(detail(evident), /^[A-Z].{10,200}[^.]$/, id);
    assert.doesNotMatch(detail(evident), /secret|undefined/, id);
  }
}

/** What is to be found in the evidence: the symptom, and how it is told of this case. */
export function finds(area: string, cases: readonly (readonly [symptom: string, of: Case, detail?: string])[]): void {
  describe(`symptoms of the area ${area}`, () => {
    for (const [symptom, of, detail] of cases) {
      it(`finds ${symptom}${detail ? `: ${detail}` : ''}`, () => {
        const evident = evidence(of);
        const named = diagnose(evident);
        assert.equal(named?.id, symptom);
        if (detail) assert.equal(named?.detail?.(evident), detail);
        assertTold(of);
      });
    }
  });
}

/** What must not be blamed on a proxy, and why not; where something else is to blame, it has to be found. */
export function blamesNobody(cases: readonly (readonly [why: string, of: Case, instead?: string])[]): void {
  describe('a proxy is not blamed', () => {
    for (const [why, of, instead] of cases) {
      it(why, () => {
        assert.equal(diagnose(evidence(of))?.id, instead);
        assertTold(of);
      });
    }
  });
}
