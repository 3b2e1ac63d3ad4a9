import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../src/diagnosis/symptoms.ts';
import { probes } from '../src/probes/index.ts';
import { innocents } from './innocents/innocents.ts';
import { mutants } from './mutants/index.ts';
import { prove, tell } from './proving.ts';

describe('every probe is proven twice', { concurrency: true }, () => {
  for (const innocent of innocents) {
    it(`all hold on the innocent "${innocent.name}"`, async () => {
      const outcomes = await prove(innocent, probes);
      const red = [...outcomes].filter(([, outcome]) => outcome.kind !== 'held');
      assert.deepEqual(
        red.map(([id, outcome]) => `${id}: ${tell(outcome)}`),
        [],
      );
    });
  }

  for (const mutant of mutants) {
    it(`${mutant.name} turns ${Object.keys(mutant.breaks).join(', ')} red`, async () => {
      const outcomes = await prove(
        mutant.proxy,
        probes.filter(({ id }) => id in mutant.breaks),
      );
      const seen = [...outcomes].map(([id, outcome]) => {
        assert.equal(outcome.kind, 'broken', `${id}: ${tell(outcome)}`);
        const evidence = outcome.kind === 'broken' ? outcome.evidence : undefined;
        return [id, evidence && diagnose(evidence)?.id, tell(outcome)];
      });
      assert.deepEqual(
        seen.map(([id, symptom]) => [id, symptom]).sort(),
        Object.entries(mutant.breaks).sort(),
        `${seen}`,
      );
    });
  }

  it('no probe is without a mutant', () => {
    const broken = new Set(mutants.flatMap(({ breaks }) => Object.keys(breaks)));
    assert.deepEqual(
      probes.map(({ id }) => id).filter((id) => !broken.has(id)),
      [],
    );
  });
});
