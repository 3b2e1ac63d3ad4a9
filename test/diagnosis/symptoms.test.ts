import assert from 'node:assert/strict';
import { it } from 'node:test';
import { symptoms } from '../../src/diagnosis/symptoms.ts';

it('each symptom has a name of its own, a title, and advice in whole sentences', () => {
  const ids = symptoms.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const { id, title, advice } of symptoms) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
    assert.match(title, /^[A-Z].*[^.]$/, id);
    assert.match(advice, /^[A-Z].*\.$/, id);
  }
});
