import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import type { Cell } from '../../src/report/document.ts';
import { applyBaseline, type Baseline, type BaselineEntry, baselineFile } from '../../src/runner/baseline.ts';
import { updateBaseline } from '../../src/runner/baseline-update.ts';
import { parseYaml } from '../../src/yaml/yaml.ts';
import { sample } from '../report/sample.ts';

const DROPPED = { target: 'nginx@1.22:websocket/wss', probe: 'handshake/upgrade', reason: 'an old image' };
const FORWARDED = { target: 'nginx@1.30:websocket/ws', probe: 'headers/forwarded', reason: 'nobody reads it' };

const baseline = (...findings: BaselineEntry[]): Baseline => ({ findings });
const judge = (...findings: BaselineEntry[]) => applyBaseline(sample(), baseline(...findings));
const states = (...findings: BaselineEntry[]) => judge(...findings).entries.map(({ state }) => state);
const cellOf = (cells: readonly Cell[], { target, probe }: { target: string; probe: string }): Cell =>
  cells.find((cell) => cell.target === target && cell.probe === probe)!;

const read = (text: string): Baseline => parseYaml(text, 'baseline.yaml', baselineFile).value;

describe('a report beside a baseline', () => {
  it('has its accepted findings marked as known, with the reason', () => {
    const { report, fresh, entries } = judge({ ...DROPPED, link: 'https://tracker.test/1' });
    const cell = cellOf(report.cells, DROPPED);
    assert.deepEqual([cell.verdict, cell.known, cell.change], ['fail', true, undefined]);
    assert.equal(cell.because, 'an old image (https://tracker.test/1)');
    assert.deepEqual(
      entries.map(({ state }) => state),
      ['known'],
    );
    assert.deepEqual(
      fresh.map(({ probe }) => probe),
      ['headers/forwarded', 'close/code'],
    );
  });

  it('is otherwise as it was', () => {
    const { report } = judge(DROPPED);
    const others = (cells: readonly Cell[]) => cells.filter((cell) => cell !== cellOf(cells, DROPPED));
    assert.deepEqual(others(report.cells), others(sample().cells));
    assert.deepEqual(report.summary, sample().summary);
  });

  it('tells what passes against expectation', () => {
    const entry = { target: 'haproxy@*', probe: 'close/*', reason: 'it was broken' };
    const { report, entries } = judge(entry);
    const cell = cellOf(report.cells, { target: 'haproxy@3.2:websocket/h2', probe: 'close/code' });
    assert.deepEqual([cell.change, cell.because], ['fixed', 'it was broken']);
    assert.equal(entries[0]?.state, 'gone');
    assert.match(report.run.notes!.at(-1)!, /^The baseline entry for close\/\* at haproxy@\* is stale/);
  });

  it('calls nothing gone of an entry that stands for more than happens', () => {
    const { report, entries } = judge({ target: 'nginx@*', probe: '*', reason: 'old ones' });
    assert.equal(entries[0]?.state, 'known');
    assert.deepEqual(
      report.cells.filter(({ because }) => because === 'old ones').filter(({ known }) => !known),
      [],
    );
  });

  it('accepts only the versions that are named', () => {
    assert.deepEqual(states({ ...DROPPED, versions: '<1.29.7' }), ['known']);
    assert.deepEqual(states({ ...DROPPED, versions: '>=1.29.7' }), ['unmatched']);
  });

  it('accepts no failure where a warning is accepted', () => {
    const { entries, fresh } = judge({ ...DROPPED, verdict: 'warn' }, { ...FORWARDED, verdict: 'warn' });
    assert.deepEqual(
      entries.map(({ state }) => state),
      ['worse', 'known'],
    );
    assert.ok(fresh.some(({ probe }) => probe === DROPPED.probe));
  });

  it('accepts no other symptom than it is about', () => {
    const { symptom } = cellOf(sample().cells, DROPPED);
    assert.deepEqual(states({ ...DROPPED, symptom: symptom! }), ['known']);
    const { report, entries, fresh } = judge({ ...DROPPED, symptom: 'idle-cut' });
    assert.equal(entries[0]?.state, 'other');
    assert.ok(fresh.some(({ probe }) => probe === DROPPED.probe));
    assert.match(report.run.notes!.at(-1)!, /is about idle-cut, and it fails for another cause now\.$/);
  });

  it('accepts nothing after the last day, and says so', () => {
    assert.deepEqual(states({ ...DROPPED, expires: '2026-11-22' }), ['known']);
    const { report, entries, fresh } = judge({ ...DROPPED, expires: '2026-11-21' });
    assert.equal(entries[0]?.state, 'expired');
    assert.ok(fresh.some(({ probe }) => probe === DROPPED.probe));
    assert.match(report.run.notes!.at(-1)!, /expired on 2026-11-21: its findings count again\.$/);
  });

  it('tells entries that match nothing from entries whose cells have no verdict', () => {
    assert.deepEqual(
      states(
        { target: 'caddy:*', probe: '*', reason: 'x' },
        { target: 'envoy@*', probe: 'close/code', reason: 'x' },
        { target: 'http-proxy:*', probe: 'messages/large', reason: 'x' },
      ),
      ['unmatched', 'unjudged', 'unjudged'],
    );
  });

  it('leaves what the proxy’s own list expects to that list', () => {
    const { report } = judge({ target: '*', probe: 'handshake/upgrade', reason: 'x' });
    assert.equal(
      cellOf(report.cells, { target: 'nginx@1.30:naive/ws', probe: 'handshake/upgrade' }).because,
      'a plain proxy_pass, as newcomers write it',
    );
  });
});

describe('a baseline file', () => {
  it('needs a reason for each entry', () => {
    assert.throws(
      () => read('findings:\n  - target: a\n    probe: b\n'),
      (error: Error) => error instanceof UsageError && /^baseline\.yaml:2:5: findings\.0\.reason: /.test(error.message),
    );
  });

  it('is refused where it says what cannot be', () => {
    const fault = (line: string): string => {
      try {
        read(`findings:\n  - target: a\n    probe: b\n    reason: c\n    ${line}\n`);
      } catch (error) {
        return (error as Error).message;
      }
      return 'it is accepted';
    };
    assert.match(fault('versions: new'), /^baseline\.yaml:5:5: findings\.0\.versions: expected a version range/);
    assert.match(fault('expires: soon'), /^baseline\.yaml:5:5: findings\.0\.expires: /);
    assert.match(fault('expire: 2027-01-31'), /Did you mean "expires"\?/);
    assert.equal(fault('expires: 2027-01-31'), 'it is accepted');
  });
});

describe('an update of a baseline file', () => {
  const update = (text: string) => updateBaseline(text, applyBaseline(sample(), text === '' ? baseline() : read(text)));

  it('writes a new one that accepts all that is found', () => {
    const { text, added, removed } = update('');
    assert.deepEqual([added.length, removed.length], [3, 0]);
    assert.match(text, /^# Findings that are accepted\./);
    assert.deepEqual(applyBaseline(sample(), read(text)).fresh, []);
    assert.equal(update(text).text, text, 'a second update changes nothing');
  });

  it('keeps reasons, comments and order, adds what is new and takes out what is gone', () => {
    const before = `# ours
findings:
  # the old machine
  - target: nginx@1.22:websocket/wss
    probe: handshake/upgrade
    reason: an old image # until spring
    expires: 2027-03-31
  - target: haproxy@3.2:websocket/h2
    probe: close/code
    reason: it was broken
  - target: "*"
    probe: messages/*
    reason: stands for many
`;
    const { text, added, removed } = update(before);
    assert.deepEqual(
      added.map(({ probe }) => probe),
      ['headers/forwarded', 'close/code'],
    );
    assert.deepEqual(
      removed.map(({ target }) => target),
      ['haproxy@3.2:websocket/h2'],
    );
    assert.equal(
      text,
      `# ours
findings:
  # the old machine
  - target: nginx@1.22:websocket/wss
    probe: handshake/upgrade
    reason: an old image # until spring
    expires: 2027-03-31
  - target: "*"
    probe: messages/*
    reason: stands for many
  - target: nginx@1.30:websocket/ws
    probe: headers/forwarded
    verdict: warn
    reason: "not explained yet: say why this is accepted"
  - target: http-proxy:websocket/ws
    probe: close/code
    symptom: close-code-rewritten
    reason: "not explained yet: say why this is accepted"
`,
    );
  });

  it('writes a failure for another cause anew, with the reason of the first', () => {
    const { symptom } = cellOf(sample().cells, DROPPED);
    const { text } = update(
      'findings:\n  - { target: "nginx@1.22:websocket/wss", probe: handshake/upgrade, symptom: idle-cut, reason: old }\n',
    );
    const entry = read(text).findings.find(({ probe }) => probe === DROPPED.probe)!;
    assert.equal(entry.symptom, symptom);
    assert.match(entry.reason, /^not explained yet.*; of idle-cut it was: old$/);
    assert.equal(read(text).findings.filter(({ probe }) => probe === DROPPED.probe).length, 1);
  });

  it('does not renew what somebody let expire', () => {
    const text = `findings:
  - target: nginx@1.22:websocket/wss
    probe: handshake/upgrade
    reason: an old image
    expires: 2026-01-31
`;
    const { added } = update(text);
    assert.deepEqual(
      added.map(({ probe }) => probe),
      ['headers/forwarded', 'close/code'],
    );
  });
});
