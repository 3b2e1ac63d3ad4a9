import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diff } from '../../src/report/diff/diff.ts';
import { diffReporters } from '../../src/report/diff/render.ts';
import type { Report } from '../../src/report/document.ts';
import { type Reporters, reporters } from '../../src/report/reporters.ts';
import { makeCell, makeReport } from './documents.ts';
import { sample } from './sample.ts';

const without = (report: Report): Report => ({ ...report, cells: [], targets: [], probes: [] });
const changed = makeReport({ cells: [makeCell({ verdict: 'fail' })] });

function signs<T>(name: string, known: Reporters<T>, documents: readonly T[]): void {
  for (const [format, { render, signature }] of Object.entries(known)) {
    it(`${name} ${format} is known by what it begins with, and nothing else is`, () => {
      for (const document of documents) {
        const text = render(document);
        // One without a finding is empty, which may be written over anyhow.
        if (text !== '') assert.match(text.slice(0, 64 * 1024), signature);
      }
      const others = Object.entries({ ...reporters }).filter(([other]) => other !== format);
      for (const [other, reporter] of others) assert.doesNotMatch(reporter.render(sample()), signature, other);
    });
  }
}

describe('a file that a reporter wrote', () => {
  signs('the report', reporters, [sample(), without(sample()), changed]);
  signs('the comparison', diffReporters, [
    diff(sample(), sample()),
    diff(makeReport({ cells: [makeCell()] }), changed),
  ]);
});
