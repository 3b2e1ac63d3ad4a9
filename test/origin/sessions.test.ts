import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LIMITS } from '../../src/origin/limits.ts';
import { Sessions } from '../../src/origin/sessions.ts';

describe('the sessions of clients that poll', () => {
  it('keep messages until they are fetched', () => {
    const sessions = new Sessions();
    const id = sessions.open('a', '5f0c');
    assert.equal(id, 'a-5f0c');
    sessions.put(id, Buffer.from('one'));
    sessions.put(id, Buffer.from('two'));
    assert.deepEqual(sessions.take(id).map(String), ['one', 'two']);
    assert.deepEqual(sessions.take(id), []);
  });

  it('take nothing for a client that there is not', () => {
    const sessions = new Sessions();
    sessions.put('a-0000', Buffer.from('one'));
    assert.equal(sessions.has('a-0000'), false);
    assert.deepEqual(sessions.take('a-0000'), []);
  });

  it('do not grow without bound', () => {
    const sessions = new Sessions();
    const first = sessions.open('a', '0');
    for (let i = 0; i < LIMITS.sessions; i++) sessions.open('a', `n${i}`);
    assert.equal(sessions.has(first), false);
    const last = sessions.open('a', 'last');
    for (let i = 0; i < 2 * LIMITS.waiting; i++) sessions.put(last, Buffer.from('x'));
    assert.equal(sessions.take(last).length, LIMITS.waiting);
  });
});
