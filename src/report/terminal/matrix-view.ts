import type { Cell, Report } from '../document.ts';
import { groupOf, matrixOf } from '../matrix.ts';
import { type SignName, signOf } from '../signs.ts';
import { labelled, renderCure } from './finding.ts';
import { type Look, SIGNS, type Sign } from './look.ts';
import { counted, renderSummary } from './summary.ts';
import { pad, plain, widthOf } from './text.ts';

const NOTHING: Sign = { symbol: ' ', word: 'not planned', style: 'dim' };

/** What is told below the grid, the news first. */
const TOLD: readonly SignName[] = ['fail', 'error', 'warn', 'fixed', 'known'];

/** Once for a cause and target: with thirty columns the same cause would otherwise be told three hundred times. */
function causes(report: Report, look: Look): string[] {
  const lost = new Set(report.targets.filter(({ failure }) => failure !== undefined).map(({ id }) => id));
  const groups = new Map<string, Cell[]>();
  for (const cell of report.cells) {
    const sign = signOf(cell);
    // What could not be tried at all is told once, of its target.
    if (!TOLD.includes(sign) || (sign === 'error' && lost.has(cell.target))) continue;
    const key = `${sign} ${cell.target} ${cell.symptom ?? cell.probe}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const sorted = [...groups.values()].toSorted(
    ([one], [other]) => TOLD.indexOf(signOf(one!)) - TOLD.indexOf(signOf(other!)),
  );
  return sorted.flatMap((cells) => {
    const [first] = cells as [Cell];
    const sign = signOf(first);
    const { word, style } = SIGNS[sign];
    const ids = cells.map(({ probe }) => probe).join(', ');
    return [
      `${look.paint(style, word)} ${look.paint('bold', plain(first.target))}`,
      ...(first.cause === undefined ? labelled(sign === 'fixed' ? 'holds' : 'wrong', first.summary, look) : []),
      ...labelled(cells.length === 1 ? 'probe' : 'probes', ids, look),
      ...(first.cause === undefined && first.actual !== undefined ? labelled('actual', first.actual, look) : []),
      ...renderCure(first, look),
      '',
    ];
  });
}

/** The column heads: the targets themselves where they fit, else numbers, with the legend below the grid. */
function columns(report: Report, idWidth: number, look: Look): { heads: string[]; legend: string[] } {
  const ids = report.targets.map(({ id }) => plain(id));
  const whole = ids.reduce((sum, id) => sum + widthOf(id) + 2, idWidth) <= look.width;
  const heads = whole ? ids : ids.map((_, i) => String(i + 1));
  const width = Math.max(...ids.map(widthOf), 0);
  const legend = ids.map((id, i) => {
    const cells = report.cells.filter(({ target }) => target === report.targets[i]!.id);
    return `${whole ? '' : `${String(i + 1).padStart(3)}  `}${pad(id, width)}  ${counted(cells, look)}`;
  });
  return { heads, legend };
}

/** A report as a grid: probes by targets, and below it each cause once per target, with its fix. */
export function renderMatrix(report: Report, look: Look): string {
  const matrix = matrixOf(report);
  const idWidth = Math.max(...report.probes.map(({ id }) => widthOf(plain(id))), 0);
  const { heads, legend } = columns(report, idWidth, look);
  const met = new Set<SignName>();
  let group: string | undefined;
  const grid = report.probes.flatMap(({ id }) => {
    const signs = report.targets.map((target, i) => {
      const cell = matrix.cell(target.id, id);
      const name = cell && signOf(cell);
      if (name) met.add(name);
      const { symbol, style } = name ? SIGNS[name] : NOTHING;
      const width = widthOf(heads[i]!);
      return (
        ' '.repeat(2 + Math.floor((width - 1) / 2)) + look.paint(style, symbol) + ' '.repeat(Math.ceil((width - 1) / 2))
      );
    });
    const line = `${pad(plain(id), idWidth)}${signs.join('')}`.trimEnd();
    const first = group !== undefined && group !== groupOf(id);
    group = groupOf(id);
    return first ? ['', line] : [line];
  });
  const key = [...met].map((name) => `${look.paint(SIGNS[name].style, SIGNS[name].symbol)} ${SIGNS[name].word}`);
  const failures = report.targets.flatMap(({ id, failure }) =>
    failure === undefined ? [] : labelled('lost', `${id}: ${failure}`, look).map((line) => look.paint('red', line)),
  );
  return `${[
    `${' '.repeat(idWidth)}${heads.map((head) => `  ${head}`).join('')}`,
    ...grid,
    '',
    key.join('   '),
    '',
    ...legend,
    ...(failures.length > 0 ? ['', ...failures] : []),
    '',
    ...causes(report, look),
    ...renderSummary(report, look),
  ].join('\n')}\n`;
}
