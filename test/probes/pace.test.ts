import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Exchange } from '../../src/origin/journal.ts';
import { delayOf } from '../../src/probes/pace.ts';
import type { Piece } from '../../src/wire/body.ts';

/** What the origin wrote: ten bytes each time, on its own clock. */
const written = (...times: number[]): Exchange =>
  ({ pieces: times.map((at) => ({ length: 10, at: 50_000 + at })) }) as unknown as Exchange;

const came = (...pieces: [at: number, length: number][]): Piece[] =>
  pieces.map(([at, length]) => ({ at, data: Buffer.alloc(length) }));

describe('the delay of the pieces of an answer', () => {
  it('is none when each comes as long after its writing as the others', () => {
    assert.equal(delayOf(came([7, 10], [507, 10], [1008, 10]), written(0, 500, 1000)), 0);
  });

  it('is that of the one in the middle when all come at once', () => {
    assert.equal(delayOf(came([1007, 30]), written(0, 500, 1000)), 500);
  });

  it('does not count a single stall', () => {
    assert.equal(delayOf(came([7, 10], [507, 10], [1900, 10]), written(0, 500, 1000)), 0);
  });

  it('counts bytes, however they are cut', () => {
    assert.equal(delayOf(came([1, 4], [2, 6], [503, 3], [504, 9], [1005, 8]), written(0, 500, 1000)), 0);
  });

  it('has no end when bytes are missing', () => {
    assert.equal(delayOf(came([7, 10]), written(0, 500, 1000)), Number.POSITIVE_INFINITY);
  });
});
