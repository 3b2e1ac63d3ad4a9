import { blameIn } from '../blame.ts';
import { type Cell, cellKey, type Report } from '../document.ts';
import { signOf } from '../signs.ts';
import { type Look, SIGNS } from './look.ts';
import { pad, plain, wrap } from './text.ts';
import { renderViews } from './views.ts';

const LABEL = 10;
const INDENT = '  ';

/** `label     text`, continued below the text. */
export function labelled(label: string, text: string, look: Look): string[] {
  const lines = wrap(plain(text), Math.max(20, look.width - INDENT.length - LABEL));
  return lines.map((line, i) => INDENT + look.paint('dim', pad(i === 0 ? label : '', LABEL)) + line);
}

const indent = (rows: readonly string[]): string[] => rows.map((row) => (row === '' ? '' : INDENT + row));

/** Whose doing it is in a chain, and how that is known. */
function renderBlame(cell: Cell, look: Look): string[] {
  const blame = blameIn(cell);
  return blame ? [...labelled('hop', blame.who, look), ...labelled('', blame.told, look)] : [];
}

/** Whose doing it is, the cause, what to change, and where that is written. Lines of a configuration are to be copied. */
export function renderCure(cell: Cell, look: Look): string[] {
  const { cause, symptom, fix, because } = cell;
  const config = (fix?.config ?? '').trimEnd().split('\n');
  return [
    ...renderBlame(cell, look),
    ...(cause === undefined ? [] : labelled('cause', `${cause}${symptom ? ` (${symptom})` : ''}`, look)),
    ...(because === undefined ? [] : labelled('known', because, look)),
    ...(fix ? labelled('fix', fix.text, look) : []),
    ...(fix?.config === undefined ? [] : ['', ...config.map((line) => `      ${look.paint('bold', plain(line))}`), '']),
    ...(fix?.docs === undefined ? [] : labelled('docs', fix.docs, look)),
  ];
}

function heading(cell: Cell, look: Look): string {
  const { word, style } = SIGNS[signOf(cell)];
  return `${look.paint(style, pad(word, 7))} ${look.paint('bold', plain(cell.probe))}  ${look.paint('dim', plain(cell.target))}`;
}

/** What does not hold, told from the statement to the command that shows it again. */
function renderFinding(report: Report, cell: Cell, cured: boolean, look: Look): string[] {
  const { reproduce, evidence, expected, actual, probe } = cell;
  const short = signOf(cell) === 'known' && !look.trace;
  const inner = { ...look, width: look.width - INDENT.length };
  const timeline = report.run.cells[cellKey(cell)]?.timeline;
  const why = report.probes.find(({ id }) => id === probe)?.why;
  return [
    heading(cell, look),
    ...wrap(plain(cell.summary), look.width - INDENT.length).map((line) => INDENT + line),
    ...(expected === undefined || short ? [] : labelled('expected', expected, look)),
    ...(actual === undefined || short ? [] : labelled('actual', actual, look)),
    ...(why === undefined || !look.trace ? [] : labelled('why', why, look)),
    ...(evidence && !short ? ['', ...indent(renderViews(evidence, timeline, inner)), ''] : []),
    ...(cured
      ? [...renderBlame(cell, look), ...labelled('cause', `as above (${cell.symptom})`, look)]
      : renderCure(cell, look)),
    // Not broken into lines: it is to be copied.
    ...(reproduce === undefined ? [] : [`${INDENT}${look.paint('dim', pad('again', LABEL))}${plain(reproduce)}`]),
    '',
  ];
}

/** Cells with something to tell, the news first; a cause that several of them have is told once. */
export function renderFindings(report: Report, cells: readonly Cell[], look: Look): string[] {
  const told = cells.filter((cell) => {
    const sign = signOf(cell);
    return sign === 'fail' || sign === 'warn' || sign === 'known' || (sign === 'error' && cell.actual !== undefined);
  });
  const order = ['fail', 'error', 'warn', 'known'];
  const sorted = told.toSorted((a, b) => order.indexOf(signOf(a)) - order.indexOf(signOf(b)));
  const met = new Set<string>();
  return sorted.flatMap((cell) => {
    const key = cell.symptom === undefined ? undefined : `${cell.target} ${cell.symptom}`;
    const cured = key !== undefined && met.has(key);
    if (key !== undefined) met.add(key);
    return renderFinding(report, cell, cured, look);
  });
}
