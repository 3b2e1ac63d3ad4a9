import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pacer } from '../../src/runner/pacer.ts';
import { toil } from '../toil.ts';

/** ms that no turn takes, however busy the machine is. */
const NEVER = 60_000;

const running = new AbortController().signal;

describe('tries', () => {
  it('begin one after the other, in their order', async () => {
    const pacer = new Pacer();
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((n) => pacer.turn(running).then(() => order.push(n))));
    assert.deepEqual(order, [1, 2, 3]);
  });

  it('wait until this process has had rest', async () => {
    const work = toil(100);
    await new Pacer().turn(running);
    assert.ok(work.over, 'the work was still going on');
  });

  it('begin in the end where there is no rest', async () => {
    const work = toil(NEVER);
    await new Pacer().turn(running);
    assert.ok(!work.over, 'it waited for the end of the work');
    work.stop();
  });

  it('do not wait when the run is stopped', async () => {
    const work = toil(NEVER);
    await new Pacer().turn(AbortSignal.abort());
    assert.ok(!work.over, 'it waited for the end of the work');
    work.stop();
  });
});
