import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Gate } from '../../src/runner/gate.ts';

it('lets as many in as there are places, and one that is to be alone when the others have come out', async () => {
  const gate = new Gate(2);
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => async (): Promise<void> => {
    log.push(`${name} in`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    log.push(`${name} out`);
  };
  const all = [gate.through(task('a')), gate.through(task('b')), gate.alone(task('c')), gate.through(task('d'))];
  for (const name of ['a', 'b', 'c', 'd']) {
    while (!ends.has(name)) await new Promise(setImmediate);
    ends.get(name)!();
  }
  await Promise.all(all);
  assert.deepEqual(log, ['a in', 'b in', 'a out', 'b out', 'c in', 'c out', 'd in', 'd out']);
});
