import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { validateStrict } from 'ctrf';
import { ctrf } from '../../src/report/ctrf.ts';
import { assertGolden } from './golden.ts';
import { poisoned } from './hostile.ts';
import { sample } from './sample.ts';

describe('the CTRF report', () => {
  it('is the committed one', () => assertGolden('ctrf.json', ctrf(sample())));

  it('is as the schema of the format has it, whatever stands in the report', () => {
    validateStrict(JSON.parse(ctrf(sample())));
    validateStrict(JSON.parse(ctrf(poisoned(sample(), ''))));
  });

  it('counts each cell once, and nothing inconclusive as green', () => {
    const { summary, tests } = JSON.parse(ctrf(sample())).results;
    assert.equal(summary.tests, sample().cells.length);
    assert.equal(summary.passed + summary.failed + summary.skipped + summary.other, summary.tests);
    for (const { rawStatus, status } of tests) if (rawStatus === 'error') assert.equal(status, 'failed');
    assert.equal(summary.other, 1, 'the known failure');
  });
});
