import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exitCode, type Outcome } from '../../src/cli/exit.ts';
import { EnvironmentError, UsageError } from '../../src/errors.ts';
import type { Cell, Report } from '../../src/report/document.ts';
import { makeCell, makeReport } from '../report/documents.ts';

const cells = (...some: Partial<Cell>[]): Report => makeReport({ cells: some.map((one) => makeCell(one)) });
const fail = { verdict: 'fail' } as const;
const error = { verdict: 'error' } as const;
const lost = (report: Report): Report => ({
  ...report,
  targets: report.targets.map((target) => ({ ...target, failure: 'it does not start' })),
});
const stopped = (report: Report): Report => ({ ...report, run: { ...report.run, status: 'partial' } });

const table: readonly (readonly [string, Outcome, number])[] = [
  ['a command without a report', {}, 0],
  ['all pass', { report: cells({}) }, 0],
  ['a measurement', { report: cells({ verdict: 'info' }) }, 0],
  ['a failure', { report: cells({}, fail) }, 1],
  ['two hundred failures', { report: cells(...Array.from({ length: 200 }, () => fail)) }, 1],
  ['a known failure', { report: cells({ ...fail, known: true }) }, 0],
  ['a known failure that is gone', { report: cells({ change: 'fixed' }) }, 0],
  ['a warning', { report: cells({ verdict: 'warn' }) }, 0],
  ['a warning, strictly', { report: cells({ verdict: 'warn' }), strict: true }, 1],
  ['a known warning, strictly', { report: cells({ verdict: 'warn', known: true }), strict: true }, 0],
  ['an inconclusive cell', { report: cells({}, error) }, 4],
  ['a target that was not to be probed', { report: lost(cells(error)) }, 3],
  ['a run that was cut short', { report: stopped(cells({})) }, 4],
  ['a comparison that says nothing', { regression: false, inconclusive: true }, 4],
  ['no cells', { report: cells() }, 2],
  ['only cells that were not tried', { report: cells({ verdict: 'skip' }, { verdict: 'blocked' }) }, 2],
  ['no cells yet, in a run that was cut short', { report: stopped(cells({ verdict: 'skip' })) }, 4],
  ['something that got worse', { regression: true }, 1],
  ['nothing that got worse', { regression: false }, 0],
  ['a report that could not be written', { report: cells({}), unwritten: true }, 4],
  ['a mistake of the user', { error: new UsageError('no') }, 2],
  ['the surroundings', { error: new EnvironmentError('no') }, 3],
  ['a bug', { error: new TypeError('no') }, 70],
  ['something else that was thrown', { error: 'no' }, 70],
  ['SIGHUP', { signal: 'SIGHUP' }, 129],
  ['SIGINT', { signal: 'SIGINT' }, 130],
  ['SIGTERM', { signal: 'SIGTERM' }, 143],
  // Precedence: 70 > signal > 2 > 1 > 3 > 4 > 0
  ['a bug after a signal', { error: new TypeError('no'), signal: 'SIGINT' }, 70],
  ['a signal after a failure', { signal: 'SIGINT', report: stopped(cells(fail)) }, 130],
  ['a mistake of the user after a signal', { signal: 'SIGTERM', error: new UsageError('no') }, 143],
  ['a failure beside an inconclusive cell', { report: cells(fail, error) }, 1],
  ['a failure that could not be written', { report: cells(fail), unwritten: true }, 1],
  ['a lost target whose report could not be written', { report: lost(cells({})), unwritten: true }, 3],
];

describe('the exit code', () => {
  for (const [of, outcome, code] of table) {
    it(`of ${of} is ${code}`, () => assert.equal(exitCode(outcome), code));
  }
});
