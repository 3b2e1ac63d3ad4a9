import { type Cell, isBroken, type Report, UNTRIED } from './document.ts';
import { inertLine, tap as tapText, yaml } from './escape.ts';

/** TODO is TAP's word for a failure that is known, and SKIP for what was not run. */
function directive({ verdict, known, because, summary }: Cell): string {
  if (verdict === 'fail' && known) return ` # TODO ${inertLine(because ?? 'known')}`;
  return UNTRIED.has(verdict) ? ` # SKIP ${inertLine(`${verdict}: ${summary}`)}` : '';
}

/** The YAML block below a test point: what is wrong and what to do, or what was measured. */
function diagnostics(cell: Cell): string[] {
  const { verdict, summary, symptom, cause, expected, actual, fix, reproduce, measured, change } = cell;
  const said = isBroken(cell) || verdict === 'error' ? { message: summary, severity: verdict } : {};
  const block = Object.entries({
    ...said,
    symptom,
    cause,
    expected,
    actual,
    fix: fix?.text,
    config: fix?.config,
    docs: fix?.docs,
    reproduce,
    change,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const values = (measured ?? []).map(({ name, value, unit }) => `    ${yaml(name)}: ${yaml(`${value} ${unit}`)}`);
  if (block.length === 0 && values.length === 0) return [];
  return [
    '  ---',
    ...block.map(([key, value]) => `  ${key}: ${yaml(value)}`),
    ...(values.length > 0 ? ['  measured:', ...values] : []),
    '  ...',
  ];
}

function point(cell: Cell, number: number): string[] {
  const ok = cell.verdict === 'fail' || cell.verdict === 'error' ? 'not ok' : 'ok';
  return [`${ok} ${number} - ${tapText(`${cell.target} ${cell.probe}`)}${directive(cell)}`, ...diagnostics(cell)];
}

/** TAP version 14 (https://testanything.org/tap-version-14-specification.html): a test point for each cell. */
export function tap({ cells }: Report): string {
  const plan = cells.length === 0 ? '1..0 # SKIP no cell' : `1..${cells.length}`;
  return ['TAP version 14', plan, ...cells.flatMap((cell, i) => point(cell, i + 1)), ''].join('\n');
}
