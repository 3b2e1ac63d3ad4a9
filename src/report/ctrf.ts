import { type Cell, cellKey, isBroken, type Report, UNTRIED } from './document.ts';
import { inert, inertLine } from './escape.ts';
import { groupOf } from './matrix.ts';
import { durationOf, statement } from './statement.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'other';

/** What is inconclusive must not look green, and what is known must not look red. */
function statusOf({ verdict, known }: Cell): Status {
  if (verdict === 'fail') return known ? 'other' : 'failed';
  if (verdict === 'error') return 'failed';
  return UNTRIED.has(verdict) ? 'skipped' : 'passed';
}

const isSaid = ([, value]: [string, unknown]): boolean => value !== undefined && value !== '';

/** Without the members that are undefined, and with every text made inert. */
function said(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(isSaid)
      .map(([name, value]) => [name, typeof value === 'string' ? inert(value) : value]),
  );
}

function testOf(report: Report, cell: Cell): Record<string, unknown> {
  const { target, probe, verdict, symptom, known, because, change, measured, fix, expected, actual, flaky } = cell;
  const attempts = report.run.cells[cellKey(cell)]?.attempts ?? 0;
  const tells = verdict !== 'pass' && verdict !== 'info';
  return {
    ...said({
      testId: cellKey(cell),
      name: cellKey(cell),
      status: statusOf(cell),
      rawStatus: verdict,
      duration: Math.round(durationOf(report, cell)),
      message: tells ? (cell.cause ?? cell.summary) : undefined,
      trace: isBroken(cell) ? statement(cell) : undefined,
    }),
    suite: [inertLine(target), inertLine(groupOf(probe))],
    ...(attempts > 1 ? { retries: attempts - 1 } : {}),
    flaky,
    tags: [verdict, ...(symptom === undefined ? [] : [inertLine(symptom)])],
    extra: said({
      known,
      because,
      change,
      expected,
      actual,
      fix: fix?.text,
      config: fix?.config,
      measured: measured?.map(({ name, value, unit }) => ({ name: inertLine(name), value, unit })),
    }),
  };
}

/** Common Test Report Format (https://ctrf.io), specification 0.0.0 as its schema has it. */
export function ctrf(report: Report): string {
  const { cells, run, tool, targets } = report;
  const start = Date.parse(run.startedAt) || 0;
  const count = (status: Status): number => cells.filter((cell) => statusOf(cell) === status).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(start).toISOString(),
    generatedBy: inertLine(`wsproof ${tool.version}`),
    results: {
      tool: said({ name: 'wsproof', version: tool.version }),
      summary: {
        tests: cells.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        flaky: cells.filter(({ flaky }) => flaky).length,
        suites: targets.length,
        start,
        stop: start + Math.round(run.durationMs),
      },
      tests: cells.map((cell) => testOf(report, cell)),
      environment: {
        osPlatform: inertLine(run.host.platform),
        extra: said({ node: run.host.node, command: run.command }),
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
