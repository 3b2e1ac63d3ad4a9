import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Mailbox, withDeadline } from '../../src/wire/mailbox.ts';
import { Unexpected } from '../../src/wire/unexpected.ts';

const timeout = (error: unknown): boolean => error instanceof Unexpected && error.kind === 'timeout';
const gone = new Unexpected('more', 'it is gone', 'ended');

describe('a mailbox', () => {
  it('hands out in order, to readers before and after', async () => {
    const box = new Mailbox<number>();
    const [first, second] = [box.next(1000, 'one'), box.next(1000, 'two')];
    for (const item of [1, 2, 3]) box.push(item);
    assert.deepEqual(await Promise.all([first, second, box.next(1000, 'three')]), [1, 2, 3]);
    assert.equal(box.size, 0);
  });

  it('says what it has waited for in vain, and gives what comes later to somebody else', async () => {
    const box = new Mailbox<number>();
    await assert.rejects(box.next(10, 'a pong'), (error: Unexpected) => {
      assert.equal(error.expected, 'a pong within 10 ms');
      return timeout(error);
    });
    box.push(1);
    assert.equal(await box.next(10, 'a pong'), 1);
  });

  it('that is closed gives what is left, and then the reason', async () => {
    const box = new Mailbox<number>();
    box.push(1);
    box.close(gone);
    box.close(new Error('the second reason does not count'));
    assert.equal(await box.next(10, 'one'), 1);
    await assert.rejects(box.next(10, 'another'), gone);
  });

  it('that is closed tells those who wait', async () => {
    const box = new Mailbox<number>();
    const waiting = assert.rejects(box.next(60_000, 'one'), gone);
    box.close(gone);
    await waiting;
  });

  it('forgets the oldest when there is room for no more', async () => {
    const box = new Mailbox<number>(2);
    for (const item of [1, 2, 3]) box.push(item);
    assert.deepEqual([await box.next(10, 'one'), await box.next(10, 'two'), box.size], [2, 3, 0]);
  });
});

describe('a promise with a deadline', () => {
  it('is what it would be without one, in time', async () => {
    assert.equal(await withDeadline(Promise.resolve(1), 1000, 'one'), 1);
    await assert.rejects(withDeadline(Promise.reject(gone), 1000, 'one'), gone);
  });

  it('fails when it takes too long, and its own failure later on harms nobody', async () => {
    let fail = (_: Error): void => {};
    const late = new Promise<never>((_, reject) => (fail = reject));
    await assert.rejects(withDeadline(late, 10, 'the answer'), timeout);
    fail(new Error('too late'));
    await new Promise(setImmediate);
  });
});
