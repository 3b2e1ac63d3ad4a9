import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Report, StreamEntry } from '../../src/report/document.ts';
import { streamLine } from '../../src/report/json.ts';
import { readStream, STREAM_SIGNATURE } from '../../src/report/stream.ts';
import { makeCell, makeReport } from './documents.ts';

const TARGETS = ['one:websocket/ws', 'two:websocket/ws'];
const PROBES = ['handshake/upgrade', 'messages/text'];

const cells = TARGETS.flatMap((target) => PROBES.map((probe) => makeCell({ target, probe })));
const whole = makeReport({ cells });
const begin: Report = {
  ...whole,
  cells: [],
  summary: makeReport({ cells: [] }).summary,
  run: { ...whole.run, status: 'partial', durationMs: 0 },
};
const trial = { durationMs: 12, attempts: 1 };
const entries: readonly StreamEntry[] = [
  { begin },
  { target: { ...whole.targets[0]!, version: '1.2.3' } },
  // Not in the order of the plan: that is not the order in which they end.
  ...[3, 0, 2, 1].map((i) => ({ cell: cells[i]!, trial })),
  { log: { target: TARGETS[0]!, text: 'a line' } },
  { end: { status: 'complete', durationMs: 2345 } },
];
const text = (some: readonly StreamEntry[]): string => some.map(streamLine).join('');

describe('the stream of a run', () => {
  it('is the document when the run came to its end', () => {
    const report = readStream(text(entries));
    assert.deepEqual(report, {
      ...whole,
      targets: [{ ...whole.targets[0]!, version: '1.2.3' }, whole.targets[1]],
      run: {
        ...whole.run,
        cells: Object.fromEntries(cells.map(({ target, probe }) => [`${target} ${probe}`, trial])),
        logs: { [TARGETS[0]!]: 'a line' },
      },
    });
  });

  it('is a partial report wherever it is cut off behind its first line', () => {
    const all = text(entries);
    const first = streamLine(entries[0]!).length;
    for (let at = first; at < all.length; at += 7) {
      const report = readStream(all.slice(0, at));
      assert.equal(report.run.status, 'partial');
      assert.deepEqual(
        report.cells.map(({ target, probe }) => [target, probe]),
        cells.map(({ target, probe }) => [target, probe]),
      );
      const done = all
        .slice(0, at)
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.startsWith('{"cell"')).length;
      assert.equal(report.summary.pass, done);
      assert.equal(report.summary.skip, 4 - done);
    }
  });

  it('has what came last when a cell comes twice', () => {
    const [cell] = cells;
    const report = readStream(text([{ begin }, { cell: cell!, trial }, { cell: { ...cell!, verdict: 'error' } }]));
    assert.equal(report.cells[0]!.verdict, 'error');
    assert.deepEqual(report.run.cells, {});
  });

  it('is told from a document by its beginning', () => {
    assert.match(text(entries), STREAM_SIGNATURE);
    assert.doesNotMatch(JSON.stringify(whole), STREAM_SIGNATURE);
  });

  it('does nothing on a terminal that shows it', () => {
    assert.equal(
      streamLine({ log: { target: 'a', text: '\x1b[2J\u202e' } }),
      '{"log":{"target":"a","text":"\\u001b[2J\\u202e"}}\n',
    );
  });

  for (const [what, broken, why] of [
    ['its first line is not whole', text(entries).slice(0, 40), /it ends in its first line/],
    [
      'a line in it is no JSON',
      `${text(entries.slice(0, 2))}{"cell":\n${text(entries.slice(3))}`,
      /^line 3: it is not JSON/,
    ],
    ['a line in it is none of a stream', `${text(entries.slice(0, 2))}{"cells":[]}\n`, /^line 3: /],
    ['a run begins in it twice', text([...entries, ...entries]), /^line 9: a run begins in it a second time/],
    [
      'it is of another version',
      text(entries).replace('"schemaVersion":1', '"schemaVersion":2'),
      /^line 1: its schema version is 2/,
    ],
  ] as const) {
    it(`is refused when ${what}`, () => {
      assert.throws(() => readStream(broken), { name: 'UnreadableReport', message: why });
    });
  }
});
