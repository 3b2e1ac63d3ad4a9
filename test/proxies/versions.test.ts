import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boundaryBetween, compareVersions, inRange, isRange } from '../../src/proxies/versions.ts';

describe('a version range', () => {
  const table: [version: string, range: string, inside: boolean][] = [
    ['1.26.3', '<1.29.7', true],
    ['1.29.6', '<1.29.7', true],
    ['1.29.7', '<1.29.7', false],
    ['1.30', '<1.29.7', false],
    ['1.9', '<1.29.7', true],
    ['2', '<1.29.7', false],
    ['1.29', '<1.29.7', true],
    ['1.29.7', '>=1.29.7', true],
    ['1.30.6', '>=1.29.7', true],
    ['1.26.3', '=1.26', true],
    ['1.27', '=1.26', false],
    ['1.26.3', '<=1.26', true],
    ['1.27.0', '<=1.26', false],
    ['1.26.3', '>1.26', false],
    ['1.27', '>1.26', true],
    ['2.6.1', '>=2.4 <3', true],
    ['3.0', '>=2.4 <3', false],
    ['2.3.9', '>=2.4 <3', false],
    ['1.30-alpine', '>=1.29', true],
    ['v2.11.4', '>=2.11', true],
    ['latest', '>=1', false],
  ];
  for (const [version, range, inside] of table) {
    it(`${version} is ${inside ? '' : 'not '}in ${range}`, () => assert.equal(inRange(version, range), inside));
  }

  it('is refused when it cannot be read', () => {
    for (const range of ['', '1.2', '~1.2', '<1.2,>1', '<x', '< 1.2', '<1.2.'])
      assert.equal(isRange(range), false, range);
  });
});

describe('versions in their order', () => {
  it('count their parts as numbers', () => {
    const sorted = ['1.30.6', '1.9', '1.26.3-alpine', 'v1.18.0', '1.26'].sort(compareVersions);
    assert.deepEqual(sorted, ['1.9', 'v1.18.0', '1.26', '1.26.3-alpine', '1.30.6']);
    assert.equal(compareVersions('1.26', '1.26.0'), 0);
  });

  it('are parted by the shortest number between them', () => {
    const table = [
      ['1.22.1', '1.26.3', '1.26'],
      ['4.13', '5.7', '5'],
      ['2.4.62', '2.4.69', '2.4.69'],
      ['1.26', '1.26.1', '1.26.1'],
    ];
    for (const [lower, upper, boundary] of table) {
      assert.equal(boundaryBetween(lower!, upper!), boundary);
      assert.ok(inRange(lower!, `<${boundary}`) && inRange(upper!, `>=${boundary}`));
    }
  });
});
