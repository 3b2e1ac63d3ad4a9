import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { json } from '../../src/report/json.ts';
import { readReport } from '../../src/report/read.ts';
import type { Look } from '../../src/report/terminal/look.ts';
import { renderMatrix } from '../../src/report/terminal/matrix-view.ts';
import { renderProbes } from '../../src/report/terminal/probe-view.ts';
import { widthOf } from '../../src/report/terminal/text.ts';
import { makeCell, makeReport } from './documents.ts';
import { assertGolden } from './golden.ts';

const look = (fields: Partial<Look> = {}): Look => ({
  width: 80,
  paint: (_, text) => text,
  trace: false,
  strict: false,
  ...fields,
});
const report = readReport(readFileSync('test/golden/report.json', 'utf8'));
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)!;

describe('the terminal report', () => {
  const renderings = {
    'probes-80.txt': renderProbes(report, look()),
    'probes-140.txt': renderProbes(report, look({ width: 140 })),
    'probes-trace.txt': renderProbes(report, look({ trace: true })),
    'matrix-80.txt': renderMatrix(report, look()),
    'matrix-140.txt': renderMatrix(report, look({ width: 140 })),
  };

  for (const [name, text] of Object.entries(renderings)) {
    it(`is as in test/golden/${name}`, () => assertGolden(name, text));

    it(`has nothing in it that a terminal would act on (${name})`, () => {
      assert.doesNotMatch(text, /[^\n\P{C}]|[\u2028\u2029]/u);
      assert.doesNotMatch(text, /^\s*::|##\[/m);
    });
  }

  it('tells what was measured on the way to a cell that is blocked', () => {
    const measured = [{ name: 'idleCutAfter', value: 3, unit: 's' }] as const;
    const cell = makeCell({
      verdict: 'blocked',
      summary: 'it presumes lifetime/busy, which failed',
      measured: [...measured],
    });
    assert.match(
      renderProbes(makeReport({ cells: [cell] }), look({ width: 140 })),
      /which failed; measured: idleCutAfter 3 s\n/,
    );
  });

  it('stays within its width but for what is to be copied', () => {
    const lines = renderings['probes-80.txt'].split('\n').filter((line) => !line.startsWith('  again '));
    const wide = lines.filter((line) => widthOf(line) > 80);
    assert.deepEqual(wide, []);
  });

  it('is the same with colours, once they are taken away', () => {
    const painted = renderProbes(report, look({ paint: (_, text) => `\x1b[1m${text}\x1b[22m` }));
    assert.equal(painted.replace(/\x1b\[\d+m/g, ''), renderings['probes-80.txt']);
  });

  it('tells an outcome by a word, not by its colour alone', () => {
    const text = renderings['probes-80.txt'];
    for (const word of ['pass', 'fixed', 'FAIL', 'warn', 'known', 'ERROR', 'info', 'blocked', 'skip']) {
      assert.match(text, new RegExp(`\\b${word}\\b`));
    }
  });

  const sentences = [
    ['No findings.', makeReport({ cells: [makeCell()] })],
    ['1 finding.', makeReport({ cells: [makeCell({ verdict: 'fail' })] })],
    ['1 known finding, nothing new.', makeReport({ cells: [makeCell({ verdict: 'fail', known: true })] })],
    ['No findings; 1 warning.', makeReport({ cells: [makeCell({ verdict: 'warn' })] })],
    ['No findings; 1 inconclusive cell.', makeReport({ cells: [makeCell({ verdict: 'error' })] })],
  ] as const;
  for (const [sentence, document] of sentences) {
    it(`ends with "${sentence}"`, () => {
      assert.equal(lastLine(renderProbes(document, look())), sentence);
      assert.equal(lastLine(renderMatrix(document, look())), sentence);
    });
  }
});

describe('the json report', () => {
  const hostile = makeReport({
    cells: [makeCell({ actual: '\x1b[2J\x7f\x9b31m \u202e \u2028 \u{e0001} ##[error]x \ud800', summary: 'ü 日本 😀' })],
  });

  it('is the document, and reads back as it was', () => {
    for (const document of [report, hostile]) assert.deepEqual(readReport(json(document)), document);
  });

  it('has nothing in it that a terminal would act on', () => {
    assert.doesNotMatch(json(hostile), /[^\n\P{C}]|[\u2028\u2029]|##\[/u);
    assert.match(json(hostile), /ü 日本 😀/);
  });
});
