import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Report } from '../../src/report/document.ts';
import { github } from '../../src/report/github.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';

/** The sample with these cells alone. */
function only(cells: Report['cells']): Report {
  const report = sample();
  return { ...report, targets: [], cells, run: { ...report.run, notes: [] } };
}

const finding = sample().cells.find(({ verdict, known }) => verdict === 'fail' && !known)!;

describe('the annotations for GitHub', () => {
  it('are the committed ones', () => assertGolden('github.txt', github(sample())));

  it('say once what is wrong in the same way at several targets', () => {
    const lines = github(only(Array.from({ length: 50 }, (_, i) => ({ ...finding, target: `t${i}` }))))
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^::error title=handshake\/upgrade at 50 targets::.*t0, t1, t2, t3, t4 and 45 more/);
  });

  it('are never more than are shown, and count the rest', () => {
    const lines = github(only(Array.from({ length: 30 }, (_, i) => ({ ...finding, probe: `group/p${i}` }))))
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 10);
    assert.match(lines[9]!, /^::error title=21 more like these::/);
  });

  it('are none when nothing is wrong', () => {
    assert.equal(github(only(sample().cells.filter(({ verdict, change }) => verdict === 'pass' && !change))), '');
  });
});
