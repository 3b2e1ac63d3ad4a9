import { type Cell, isBroken, type Report, type ReportedTarget } from './document.ts';
import { xml, xmlAttribute } from './escape.ts';
import { groupOf } from './matrix.ts';
import { showValue } from './measurement.ts';
import { durationOf, statement } from './statement.ts';

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');
}

/** How a cell counts. A known failure is skipped with its reason: a build does not break over it, and nothing hides it. */
function kindOf({ verdict, known }: Cell): 'failure' | 'error' | 'skipped' | 'passed' {
  if (verdict === 'error') return 'error';
  if (verdict === 'fail') return known ? 'skipped' : 'failure';
  return verdict === 'skip' || verdict === 'blocked' || verdict === 'unsupported' ? 'skipped' : 'passed';
}

/** What a passing test has to say: a warning, values, a failure that is gone. */
function remarks(cell: Cell): string {
  const values = (cell.measured ?? []).map((value) => `${value.name}: ${showValue(value)}`);
  const lines = [
    ...(cell.change === 'fixed' ? ['Fixed: it was expected to fail.'] : []),
    ...(isBroken(cell) ? [`Warning: ${statement(cell)}`] : []),
    ...values,
  ];
  return lines.length === 0 ? '' : `<system-out>${xml(lines.join('\n'))}</system-out>`;
}

function outcome(cell: Cell): string {
  const type = cell.symptom ?? cell.verdict;
  switch (kindOf(cell)) {
    case 'failure':
      return `<failure${attributes({ message: cell.cause ?? cell.summary, type })}>${xml(statement(cell))}</failure>`;
    case 'error':
      return `<error${attributes({ message: cell.summary, type })}>${xml(statement(cell))}</error>`;
    case 'skipped':
      return `<skipped${attributes({ message: cell.verdict === 'fail' ? statement(cell) : `${cell.verdict}: ${cell.summary}` })}/>`;
    case 'passed':
      return remarks(cell);
  }
}

function testcase(report: Report, cell: Cell): string {
  const head = attributes({
    classname: `${cell.target}.${groupOf(cell.probe)}`,
    name: cell.probe,
    time: seconds(durationOf(report, cell)),
  });
  const body = outcome(cell);
  return body === '' ? `    <testcase${head}/>` : `    <testcase${head}>${body}</testcase>`;
}

function counts(report: Report, cells: readonly Cell[]): Record<string, string | number> {
  const of = (kind: ReturnType<typeof kindOf>): number => cells.filter((cell) => kindOf(cell) === kind).length;
  const time = cells.reduce((sum, cell) => sum + durationOf(report, cell), 0);
  return {
    tests: cells.length,
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
    time: seconds(time),
  };
}

function testsuite(report: Report, target: ReportedTarget, cells: readonly Cell[]): string {
  const { id, version, image, digest, failure } = target;
  const properties = Object.entries({ version, image, digest, failure })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `      <property${attributes({ name, value })}/>`);
  return [
    `  <testsuite${attributes({ name: id, ...counts(report, cells), timestamp: report.run.startedAt.replace(/\.\d+Z?$|Z$/, '') })}>`,
    ...(properties.length > 0 ? ['    <properties>', ...properties, '    </properties>'] : []),
    ...cells.map((cell) => testcase(report, cell)),
    '  </testsuite>',
  ].join('\n');
}

/** JUnit XML, as build servers read it: a suite for each target, a case for each probe. */
export function junit(report: Report): string {
  const byTarget = new Map<string, Cell[]>(report.targets.map(({ id }) => [id, []]));
  for (const cell of report.cells) byTarget.get(cell.target)?.push(cell);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'wsproof', ...counts(report, report.cells) })}>`,
    ...report.targets.map((target) => testsuite(report, target, byTarget.get(target.id)!)),
    '</testsuites>',
    '',
  ].join('\n');
}
