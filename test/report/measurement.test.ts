import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Measured, nameInWords, showValue } from '../../src/report/measurement.ts';

const shown = (value: number, unit: Measured['unit']): string => showValue({ value, unit });

describe('a measured value', () => {
  it('is shown in the step of its unit that is exact and short', () => {
    assert.equal(shown(60, 's'), '60 s');
    assert.equal(shown(3600, 's'), '1 h');
    assert.equal(shown(600, 's'), '10 min');
    assert.equal(shown(65.3, 's'), '65.3 s');
    assert.equal(shown(0.4, 'ms'), '0.4 ms');
    assert.equal(shown(0.013, 'ms'), '13 µs');
    assert.equal(shown(8192, 'bytes'), '8 KiB');
    assert.equal(shown(1500, 'bytes'), '1500 bytes');
    assert.equal(shown(123_456_789, 'bytes/s'), '118 MiB/s');
    assert.equal(shown(10_000, 'connections'), '10000 connections');
    assert.equal(shown(3, 'count'), '3');
    assert.equal(shown(431, 'status'), '431');
    assert.equal(shown(0, 'ms'), '0 ms');
  });

  it('has a name in words', () => {
    assert.equal(nameInWords('idleCutAfter'), 'idle cut after');
  });
});
