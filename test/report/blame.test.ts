import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blameIn } from '../../src/report/blame.ts';
import { reporters } from '../../src/report/reporters.ts';
import { renderMatrix } from '../../src/report/terminal/matrix-view.ts';
import { renderProbes } from '../../src/report/terminal/probe-view.ts';
import { makeCell, makeReport } from './documents.ts';

const broken = makeCell({
  target: 'caddy+nginx:naive/ws',
  verdict: 'fail',
  summary: 'A WebSocket handshake does not get through',
  hops: [
    { chain: 'caddy', verdict: 'pass' },
    { chain: 'nginx:naive', verdict: 'fail', symptom: 'upgrade-headers-dropped' },
  ],
  guilty: ['nginx:naive'],
});

describe('a finding in a chain', () => {
  it('is down to the hops that have it alone, or to two of them together', () => {
    assert.deepEqual(blameIn(broken), {
      who: 'nginx:naive',
      told: 'caddy alone does well; nginx:naive alone does it (upgrade-headers-dropped)',
    });
    const well = [
      { chain: 'a', verdict: 'pass' },
      { chain: 'b', verdict: 'pass' },
    ] as const;
    assert.equal(blameIn(makeCell({ hops: [...well], guilty: ['a', 'b'] }))!.who, 'a together with b');
    assert.equal(blameIn(makeCell({ hops: [...well] }))!.who, 'the shorter chains do not tell');
    assert.equal(blameIn(makeCell()), undefined);
  });

  const report = makeReport({ cells: [broken] });
  const look = { width: 200, paint: (_: string, text: string) => text, trace: false, strict: false };
  const texts = Object.entries({
    probe: renderProbes(report, look),
    matrix: renderMatrix(report, look),
    ...Object.fromEntries(
      ['html', 'markdown', 'junit', 'sarif', 'github'].map((name) => [name, reporters[name]!.render(report)]),
    ),
  });
  for (const [name, text] of texts) {
    it(`names the hop where it is told: ${name}`, () => {
      // Markdown escapes what it would act on.
      assert.match(text.replaceAll('\\', ''), /nginx:naive( \(|\n +)caddy alone does well; nginx:naive alone does it/);
    });
  }
});
