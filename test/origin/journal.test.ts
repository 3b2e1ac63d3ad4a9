import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Exchange, MemoryJournal } from '../../src/origin/journal.ts';
import { LIMITS } from '../../src/origin/limits.ts';
import { RequestHead } from '../../src/wire/head.ts';
import { Unexpected } from '../../src/wire/unexpected.ts';

const exchange = (nonce: string, field = ''): Exchange => ({
  nonce,
  origin: 'a',
  connection: 1,
  transport: 'ws',
  arrivedAt: 1,
  head: new RequestHead('GET / HTTP/1.1', [['X', field]]),
  early: 0,
  body: { preview: Buffer.alloc(0), length: 0 },
  frames: [],
  messages: 0,
  bytesIn: 0,
  bytesOut: 0,
});

describe('the journal', () => {
  it('keeps all that came with one nonce, in order', async () => {
    const journal = new MemoryJournal();
    const [one, other, again] = [exchange('n'), exchange('m'), exchange('n')];
    for (const seen of [one, other, again]) journal.add(seen);
    assert.deepEqual(await journal.all('n'), [one, again]);
    assert.deepEqual(await journal.all('nobody'), []);
  });

  it('waits for an exchange, and for what becomes of it', async () => {
    const journal = new MemoryJournal();
    const seen = exchange('n');
    const [arrived, talked] = [
      journal.until('n', () => true, 5000, 'the request'),
      journal.until('n', ({ messages }) => messages > 1, 5000, 'two messages'),
    ];
    journal.add(exchange('m'));
    journal.add(seen);
    assert.equal(await arrived, seen);
    seen.messages = 1;
    journal.changed(seen);
    seen.messages = 2;
    journal.changed(seen);
    assert.equal(await talked, seen);
    assert.equal(await journal.until('n', ({ messages }) => messages > 1, 5000, 'two messages'), seen);
  });

  it('says whether it was the request that did not come, or what it waited for', async () => {
    const journal = new MemoryJournal();
    const actual = (text: string) => (error: unknown) =>
      error instanceof Unexpected && error.kind === 'timeout' && error.actual === text;
    await assert.rejects(
      journal.until('n', () => true, 10, 'the request'),
      actual('the request never reached the origin'),
    );
    journal.add(exchange('n'));
    await assert.rejects(
      journal.until('n', () => false, 10, 'a ping'),
      actual('it did not happen'),
    );
  });

  it('forgets the oldest when there are too many, also of one nonce', async () => {
    for (const nonceOf of [(i: number) => `${i}`, () => 'same']) {
      const journal = new MemoryJournal();
      const first = exchange(nonceOf(0));
      journal.add(first);
      for (let i = 1; i <= LIMITS.exchanges; i++) journal.add(exchange(nonceOf(i)));
      assert.ok(!(await journal.all(nonceOf(0))).includes(first));
      assert.ok((await journal.all(nonceOf(LIMITS.exchanges))).length > 0);
      journal.changed(first);
      assert.ok(!(await journal.all(nonceOf(0))).includes(first), 'what is forgotten stays so');
    }
  });

  it('forgets the oldest when they are too large', async () => {
    const journal = new MemoryJournal();
    const size = 1024 * 1024;
    const count = LIMITS.journal / size;
    for (let i = 0; i < count + 10; i++) journal.add(exchange(`${i}`, 'a'.repeat(size)));
    assert.deepEqual(await journal.all('0'), []);
    assert.equal((await journal.all(`${count + 9}`)).length, 1);
  });
});
