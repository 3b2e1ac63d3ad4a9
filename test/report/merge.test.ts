import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { merge } from '../../src/report/merge.ts';
import { notesOf } from '../../src/report/shards.ts';
import { shardOf } from './large.ts';
import { sample } from './sample.ts';

/** A shard of the sample, each of which started a second after the one before. */
function shard(index: number, count: number): Report {
  const part = shardOf(sample(), index, count);
  return { ...part, run: { ...part.run, startedAt: `2026-11-22T10:00:0${index}.000Z` } };
}

const named = (...reports: Report[]) => reports.map((report, i) => ({ name: `${'abc'[i]}.json`, report }));
const byKey = (report: Report) => new Map(report.cells.map((cell) => [`${cell.target} ${cell.probe}`, cell]));

describe('a merge of reports', () => {
  it('is the whole again, whatever the order of its shards', () => {
    const whole = sample();
    for (const shards of [
      [1, 2, 3],
      [3, 1, 2],
    ]) {
      const merged = merge(named(...shards.map((index) => shard(index, 3))));
      assert.deepEqual(byKey(merged), byKey(whole));
      assert.deepEqual(merged.summary, whole.summary);
      assert.deepEqual(merged.probes, whole.probes);
      assert.deepEqual(new Set(merged.targets.map(({ id }) => id)), new Set(whole.targets.map(({ id }) => id)));
      assert.deepEqual(merged.run.cells, whole.run.cells);
      assert.deepEqual(merged.run.logs, whole.run.logs);
      assert.equal(merged.run.status, 'complete');
      assert.deepEqual(
        merged.run.parts?.map(({ shard }) => shard?.index),
        [1, 2, 3],
      );
      reportSchema.parse(merged);
    }
  });

  it('lasts from the first start to the last end', () => {
    const { run } = merge(named(shard(1, 2), shard(2, 2)));
    assert.equal(run.startedAt, '2026-11-22T10:00:01.000Z');
    assert.equal(run.durationMs, 12_345 + 1000);
  });

  it('names the shards that are missing, and is partial without them', () => {
    const merged = merge(named(shard(3, 4)));
    assert.equal(merged.run.status, 'partial');
    assert.deepEqual(notesOf(merged), ['Shards are missing: 1/4, 2/4, 4/4.', ...sample().run.notes!]);
    assert.deepEqual(notesOf(merge(named(shard(1, 3), shard(2, 3)))), [
      'Shards are missing: 3/3.',
      ...sample().run.notes!,
    ]);
  });

  it('takes what was merged before', () => {
    const half = merge(named(shard(1, 3), shard(2, 3)));
    const whole = merge(named(half, shard(3, 3)));
    const { run } = whole;
    assert.equal(run.status, 'complete');
    assert.deepEqual(notesOf(whole), sample().run.notes);
    assert.deepEqual(
      run.parts?.map(({ shard }) => shard?.index),
      [1, 2, 3],
    );
  });

  it('leaves a single report as it is', () => {
    const report = sample();
    assert.equal(merge(named(report)), report);
  });

  const refused: Readonly<Record<string, readonly [() => Report[], RegExp]>> = {
    'nothing at all': [() => [], /There is no report to merge/],
    'a cell twice': [
      () => [shard(1, 3), shard(1, 3)],
      /^handshake\/upgrade at nginx@1\.30:websocket\/ws is in a\.json and in b\.json/,
    ],
    'another schema': [
      () => [sample(), { ...sample(), schemaVersion: 2 as never }],
      /^a\.json and b\.json cannot be merged: their schema versions are 1 and 2\./,
    ],
    'another version of wsproof': [
      () => [sample(), { ...sample(), tool: { name: 'wsproof', version: '0.2.0' } }],
      /they are of wsproof 0\.1\.0 and 0\.2\.0\./,
    ],
    'another catalog': [
      () => [shard(1, 2), { ...shard(2, 2), probes: sample().probes.slice(1) }],
      /only one of them has the probe handshake\/upgrade\./,
    ],
    'another probe of the same name': [
      () => [shard(1, 2), { ...shard(2, 2), probes: sample().probes.map((probe) => ({ ...probe, level: 'info' })) }],
      /the probe handshake\/upgrade is not the same in both\./,
    ],
    'shards of different cuts': [
      () => [shard(1, 3), { ...shard(2, 2), targets: [], cells: [] }],
      /they are cut into 3 and 2\.$/,
    ],
    'another target of the same name': [
      () => [
        { ...shard(1, 2), cells: [] },
        { ...shard(1, 2), targets: shard(1, 2).targets.map((target) => ({ ...target, version: '9' })) },
      ],
      /^nginx@1\.30:websocket\/ws is another one in a\.json than in b\.json/,
    ],
  };
  for (const [what, [reports, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => merge(named(...reports())),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
