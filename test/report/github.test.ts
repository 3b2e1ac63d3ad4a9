import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Report } from '../../src/report/document.ts';
import { github } from '../../src/report/github.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';

describe('the annotations for GitHub', () => {
  it('are the committed ones', () => assertGolden('github.txt', github(sample())));

  it('say once what is wrong in the same way at several targets', () => {
    const report = sample();
    const [finding] = report.cells.filter(({ verdict, known }) => verdict === 'fail' && !known);
    const many: Report = {
      ...report,
      targets: [],
      cells: Array.from({ length: 50 }, (_, i) => ({ ...finding!, target: `t${i}` })),
    };
    const lines = github(many).trimEnd().split('\n');
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^::error title=handshake\/upgrade at 50 targets::.*t0, t1, t2, t3, t4 and 45 more/);
  });

  it('are never more than are shown, and count the rest', () => {
    const report = sample();
    const [finding] = report.cells.filter(({ verdict, known }) => verdict === 'fail' && !known);
    const cells = Array.from({ length: 30 }, (_, i) => ({ ...finding!, probe: `group/p${i}` }));
    const lines = github({ ...report, targets: [], cells })
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 10);
    assert.match(lines[9]!, /^::error title=21 more like these::/);
  });

  it('are none when nothing is wrong', () => {
    const report = sample();
    assert.equal(
      github({
        ...report,
        targets: [],
        cells: report.cells.filter(({ verdict, change }) => verdict === 'pass' && !change),
        run: { ...report.run, notes: [] },
      }),
      '',
    );
  });
});
