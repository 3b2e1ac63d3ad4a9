import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inRange, isRange } from '../../src/proxies/versions.ts';

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
