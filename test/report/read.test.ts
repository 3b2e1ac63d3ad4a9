import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readReport } from '../../src/report/read.ts';
import { makeCell, makeReport } from './documents.ts';

const report = makeReport({ cells: [makeCell()] });

for (const [what, text, why] of [
  ['what is not JSON', '{', /it is not JSON/],
  ['JSON of something else', '{"name":"x"}', /there is no schemaVersion/],
  ['no object', '[]', /there is no schemaVersion/],
  ['a later version', '{"schemaVersion":2}', /its schema version is 2; this wsproof reads version 1/],
  [
    'a document with another shape',
    JSON.stringify({ ...report, cells: [{}] }),
    /^cells\.0\.target: .*\(and \d+ more\)$/,
  ],
] as const) {
  it(`refuses ${what}`, () => assert.throws(() => readReport(text), { name: 'UnreadableReport', message: why }));
}

it('reads a report with a byte order mark', () =>
  assert.deepEqual(readReport(`\uFEFF${JSON.stringify(report)}`), report));
