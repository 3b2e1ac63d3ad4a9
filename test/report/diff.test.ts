import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diff, type ReportDiff } from '../../src/report/diff/diff.ts';
import { diffJson, diffMarkdown, diffText } from '../../src/report/diff/render.ts';
import type { Cell, Report, Verdict } from '../../src/report/document.ts';
import { assertGolden } from './golden.ts';
import { HOSTILE, poisoned } from './hostile.ts';
import { sample } from './sample.ts';

const HERE = { target: 'haproxy@3.2:websocket/h2', probe: 'messages/large' };

/** The sample with one of its cells changed. */
function withCell(change: Partial<Cell>, { target, probe } = HERE): Report {
  const report = sample();
  const cells = report.cells.map((cell) =>
    cell.target === target && cell.probe === probe ? { ...cell, ...change } : cell,
  );
  return { ...report, cells };
}

const from = (before: Partial<Cell>, after: Partial<Cell>): ReportDiff => diff(withCell(before), withCell(after));

/** The sample as it was before an upgrade of one of its proxies. */
function earlier(): Report {
  const { target } = HERE;
  const renamed = <T extends string>(id: T): string => (id === target ? 'haproxy@3.0:websocket/h2' : id);
  const was: Readonly<Record<string, Partial<Cell>>> = {
    [`${target} close/code`]: { verdict: 'fail', change: 'new', summary: 'A close code is lost or changed' },
    [`${target} lifetime/idle-limit`]: { measured: [{ name: 'idleCutAfter', value: 60, unit: 's' }] },
    [`${target} limits/request-head`]: { measured: [{ name: 'headLimit', value: 16_384, unit: 'bytes' }] },
    'nginx@1.22:websocket/wss handshake/upgrade': { verdict: 'pass' },
    'nginx@1.30:websocket/ws load/latency': { measured: [{ name: 'roundTrip', value: 12, unit: 'ms' }] },
    'http-proxy:websocket/ws messages/large': { verdict: 'pass', flaky: false },
    'http-proxy:websocket/ws limits/request-head': { measured: [{ name: 'headLimit', value: 65_536, unit: 'bytes' }] },
  };
  const report = sample();
  return {
    ...report,
    targets: report.targets
      .filter(({ proxy }) => proxy !== 'envoy')
      .map((one) => (one.id === target ? { ...one, id: renamed(one.id), version: '3.0.5' } : one)),
    probes: report.probes.filter(({ id }) => id !== 'headers/subprotocol'),
    cells: report.cells.map((cell) => ({
      ...cell,
      ...was[`${cell.target} ${cell.probe}`],
      target: renamed(cell.target),
    })),
  };
}

describe('a comparison of two reports', () => {
  it('finds nothing between a report and itself', () => {
    const same = diff(sample(), sample());
    assert.deepEqual([same.cells, same.values, same.regression], [[], [], false]);
    assert.deepEqual([same.compared, same.unknown], [29, 31]);
    assert.equal(diffText(same), 'Nothing changed, 29 cells compared, 31 without a verdict in both.\n');
  });

  it('is silent about what neither of them knows', () => {
    const lost = { ...sample(), cells: sample().cells.map((cell) => ({ ...cell, verdict: 'error' as const })) };
    assert.equal(diffText(diff(lost, lost)), 'Nothing can be said, 0 cells compared, 60 without a verdict in both.\n');
  });

  it('says of what is measured how the values differ, and no more', () => {
    const info = (value: number) => ({
      verdict: 'info' as const,
      measured: [{ name: 'a', value, unit: 'count' as const }],
    });
    const { cells, values } = from({ ...info(1), symptom: 'a' }, { ...info(2), symptom: 'b' });
    assert.deepEqual([cells.length, values.length], [0, 1]);
  });

  const tendencies: readonly (readonly [Verdict, Verdict, string, boolean])[] = [
    ['pass', 'fail', 'worse', true],
    ['pass', 'warn', 'worse', true],
    ['warn', 'fail', 'worse', true],
    ['error', 'fail', 'worse', true],
    ['blocked', 'warn', 'worse', true],
    ['fail', 'warn', 'better', false],
    ['fail', 'pass', 'better', false],
    ['error', 'pass', 'better', false],
    ['pass', 'unsupported', 'changed', false],
    ['skip', 'blocked', 'changed', false],
    ['pass', 'error', 'unclear', false],
    ['fail', 'blocked', 'unclear', false],
  ];
  for (const [before, after, tendency, regression] of tendencies) {
    it(`calls ${before} → ${after} ${tendency}${regression ? ' and a regression' : ''}`, () => {
      const { cells, ...rest } = from({ verdict: before }, { verdict: after });
      assert.deepEqual(
        cells.map((cell) => [cell.target, cell.probe, cell.tendency, cell.regression]),
        [[HERE.target, HERE.probe, tendency, regression]],
      );
      assert.equal(rest.regression, regression);
    });
  }

  it('takes no known failure for a regression', () => {
    const { cells, regression } = from({ verdict: 'pass' }, { verdict: 'fail', known: true });
    assert.deepEqual([cells[0]?.tendency, regression], ['worse', false]);
  });

  it('tells a failure that has another cause now', () => {
    const { cells } = from({ verdict: 'fail', symptom: 'a' }, { verdict: 'fail', symptom: 'b' });
    assert.deepEqual([cells[0]?.tendency, cells[0]?.regression], ['changed', false]);
  });

  const values: readonly (readonly [number, number, 's' | 'ms' | 'bytes/s' | 'count', string | undefined, boolean])[] =
    [
      [60, 63, 's', undefined, false],
      [3600, 60, 's', 'worse', true],
      [60, 3600, 's', 'better', false],
      [1, 5, 'ms', undefined, false],
      [5, 1, 'ms', undefined, false],
      [20, 40, 'ms', 'worse', false],
      [3, 12, 'ms', 'worse', true],
      [12, 3, 'ms', 'better', false],
      [900, 600, 'bytes/s', 'worse', false],
      [900, 300, 'bytes/s', 'worse', true],
      [1, 2, 'count', 'changed', false],
    ];
  for (const [before, after, unit, tendency, regression] of values) {
    it(`calls ${before} → ${after} ${unit} ${tendency ?? 'the same'}${regression ? ' and a regression' : ''}`, () => {
      const measured = (value: number) => ({ measured: [{ name: 'x', value, unit }] });
      const found = from(measured(before), measured(after)).values;
      assert.deepEqual(
        found.map((change) => [change.tendency, change.regression]),
        tendency === undefined ? [] : [[tendency, regression]],
      );
    });
  }

  it('compares a target with its own later version', () => {
    const { targets, probes, compared, unknown } = diff(earlier(), sample());
    assert.deepEqual(targets.added, ['envoy@1.36:naive/ws']);
    assert.deepEqual(
      targets.compared.find(({ after }) => after === HERE.target),
      { before: 'haproxy@3.0:websocket/h2', after: HERE.target, versions: ['3.0.5', '3.2.26'] },
    );
    assert.deepEqual(probes, { added: ['headers/subprotocol'], removed: [] });
    assert.equal(compared + unknown, 50);
  });

  it('does not guess which of several versions became which', () => {
    const report = sample();
    const two = (versions: string[]): Report => ({
      ...report,
      targets: versions.map((version) => ({ ...report.targets[0]!, id: `nginx@${version}`, version })),
    });
    const { targets } = diff(two(['1', '2']), two(['3', '4']));
    assert.deepEqual(
      [targets.compared, targets.added, targets.removed],
      [[], ['nginx@3', 'nginx@4'], ['nginx@1', 'nginx@2']],
    );
  });

  it('is told as text, as Markdown and as JSON', () => {
    const difference = diff(earlier(), sample());
    assertGolden('diff.txt', diffText(difference));
    assertGolden('diff.md', diffMarkdown(difference));
    assertGolden('diff.json', diffJson(difference));
    assert.deepEqual(JSON.parse(diffJson(difference)), difference);
  });

  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`is inert with ${what} in it`, () => {
      const difference = diff(poisoned(earlier(), text), poisoned(sample(), text));
      for (const written of [diffText(difference), diffMarkdown(difference)]) {
        assert.doesNotMatch(written, /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
        assert.doesNotMatch(written, /^(::|##\[)/m);
      }
    });
  }
});
