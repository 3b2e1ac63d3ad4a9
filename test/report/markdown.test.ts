import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdown } from '../../src/report/markdown.ts';
import { insertTable, markedTable, missingMarkers } from '../../src/report/readme.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';

describe('the Markdown report', () => {
  it('is the committed one', () => {
    assertGolden('summary.md', markdown(sample()));
    assertGolden('readme.md', markedTable(sample()));
  });

  it('is as long in each row of its table', () => {
    const rows = markdown(sample())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const columns = sample().targets.length + 1;
    for (const row of rows) assert.equal(row.split('|').length - 2, columns, row);
  });

  it('has a row for each target where a README has no room for a column each', () => {
    const report = sample();
    const [target] = report.targets;
    const more = Array.from({ length: 9 }, (_, i) => ({
      ...target!,
      id: `${target!.id}-${i}`,
      variant: `number-${i}`,
    }));
    const cells = more.flatMap(({ id }) =>
      report.cells.filter((cell) => cell.target === target!.id).map((cell) => ({ ...cell, target: id })),
    );
    const lines = markedTable({ ...report, targets: more, cells })
      .split('\n')
      .filter((line) => line.startsWith('|'));
    assert.equal(lines.length, 2 + 9);
    const groups = new Set(report.probes.map(({ id }) => id.split('/')[0]));
    for (const line of lines) assert.equal(line.split('|').length - 3, groups.size, line);
    assert.match(lines[2]!, /number-0 \w+ \|/);
  });

  it('is never larger than a job summary may be, and says what is missing', () => {
    const report = sample();
    const [finding] = report.cells.filter(({ verdict }) => verdict === 'fail');
    const cells = Array.from({ length: 3000 }, (_, i) => ({
      ...finding!,
      probe: `group/p${i}`,
      cause: 'x'.repeat(1000),
    }));
    const text = markdown({ ...report, cells });
    assert.ok(Buffer.byteLength(text) < 1024 * 1024);
    assert.match(text, /\n_\d{4} more sections that did not fit in here: the other reports have them\._\n$/);
  });

  it('takes the place between the markers of a README, again and again', () => {
    const before = '# Mine\n\n<!-- wsproof:start -->\nold\n<!-- wsproof:end -->\n\nmore\n';
    const once = insertTable(before, sample());
    assert.match(once, /^# Mine\n\n<!-- wsproof:start -->\n\n\| {2}\| nginx 1\.30\.6/);
    assert.match(once, /\n<!-- wsproof:end -->\n\nmore\n$/);
    assert.doesNotMatch(once, /\nold\n/);
    assert.equal(insertTable(once, sample()), once);
  });

  it('keeps the line ends of a README', () => {
    const text = insertTable('a\r\n<!-- wsproof:start -->\r\n<!-- wsproof:end -->\r\n', sample());
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  it('touches no README without markers, and says what is missing', () => {
    for (const text of [
      '# Mine\n',
      '<!-- wsproof:end -->\n<!-- wsproof:start -->\n',
      'a <!-- wsproof:start --> b\n<!-- wsproof:end -->\n',
    ]) {
      assert.equal(
        missingMarkers(text),
        'it has no line <!-- wsproof:start --> with a line <!-- wsproof:end --> below it',
      );
      assert.equal(insertTable(text, sample()), text);
    }
    assert.equal(missingMarkers(markedTable(sample())), undefined);
  });
});
