import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defineProbe, type Probe } from '../../src/probes/probe.ts';
import { turnsOf } from '../../src/runner/turns.ts';

const probe = (id: Probe['id'], more: Partial<Probe> = {}): Probe =>
  defineProbe({ id, title: '', failure: '', level: 'must', spec: [], why: '', run: async () => {}, ...more });

it('takes turns: all that may run together, then each that runs alone, and what ends the proxy last', () => {
  const turns = turnsOf([
    probe('a/stops', { requires: ['stop'], exclusive: true }),
    probe('a/first'),
    probe('a/alone', { exclusive: true }),
    probe('a/second'),
    probe('a/early', { exclusive: true, first: true }),
  ]);
  assert.deepEqual(
    turns.map((turn) => turn.map(({ id }) => id)),
    [['a/early'], ['a/first', 'a/second'], ['a/alone'], ['a/stops']],
  );
});
