import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Parser } from 'tap-parser';
import { tap } from '../../src/report/tap.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';

describe('the TAP report', () => {
  it('is the committed one', () => assertGolden('report.tap', tap(sample())));

  it('is TAP 14 to a parser, with a point for each cell', () => {
    const events = Parser.parse(tap(sample()), { strict: true });
    const points = events.filter(([name]) => name === 'assert').map(([, result]) => result);
    assert.equal(points.length, sample().cells.length);
    assert.deepEqual(
      points.filter(({ ok, todo }) => !ok && !todo).length,
      sample().cells.filter(({ verdict, known }) => verdict === 'error' || (verdict === 'fail' && !known)).length,
    );
    assert.equal(points.find(({ todo }) => todo)?.todo, 'a plain proxy_pass, as newcomers write it');
    assert.equal(points.filter(({ skip }) => skip).length, 21);
    const failed = points.find(({ ok, todo, diag }) => !ok && !todo && diag?.symptom === 'upgrade-headers-dropped');
    assert.match(failed.diag.config, /^proxy_http_version 1\.1;\n/);
  });

  it('says so when there is no cell', () => {
    assert.equal(tap({ ...sample(), cells: [] }), 'TAP version 14\n1..0 # SKIP no cell\n');
  });
});
