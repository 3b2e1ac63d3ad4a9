import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { badge, badgeEndpoint } from '../../src/report/badge.ts';
import type { Cell, Report } from '../../src/report/document.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';
import { parseXml } from './xml.ts';

const only = (test: (cell: Cell) => boolean): Report => ({ ...sample(), cells: sample().cells.filter(test) });
const says = (report: Report): string => {
  const { message, color } = JSON.parse(badgeEndpoint(report));
  return `${message}, ${color}`;
};

describe('the badge', () => {
  it('is the committed one', () => {
    assertGolden('badge.svg', badge(sample()));
    assertGolden('badge.json', badgeEndpoint(sample()));
  });

  it('is a picture with its words as a title', () => {
    const root = parseXml(badge(sample()));
    assert.equal(root.name, 'svg');
    assert.equal(root.attributes['aria-label'], 'websockets: 2 failing, 13 passing');
  });

  it('is green only when something passed, nothing failed and nothing is unclear', () => {
    assert.equal(says(only(({ verdict }) => verdict === 'pass')), '13 passing, brightgreen');
    assert.equal(says(only(({ verdict, known }) => verdict === 'pass' || known)), '13 passing, brightgreen');
    assert.equal(
      says(only(({ verdict }) => verdict === 'pass' || verdict === 'warn')),
      '13 passing, 1 warning, yellow',
    );
    assert.equal(says(only(({ verdict }) => verdict === 'pass' || verdict === 'error')), 'inconclusive, lightgrey');
    assert.equal(says(only(() => false)), 'nothing tested, lightgrey');
    const partial = only(({ verdict }) => verdict === 'pass');
    assert.equal(says({ ...partial, run: { ...partial.run, status: 'partial' } }), 'inconclusive, lightgrey');
  });
});
