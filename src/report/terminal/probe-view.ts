import type { Cell, Report, ReportedTarget } from '../document.ts';
import { groupOf } from '../matrix.ts';
import { showValue } from '../measurement.ts';
import { signOf } from '../signs.ts';
import { many } from '../statement.ts';
import { renderFindings } from './finding.ts';
import { type Look, SIGNS, type Style } from './look.ts';
import { renderSummary } from './summary.ts';
import { cut, pad, plain, widthOf, wrap } from './text.ts';

/** Lines of a log, unless all is wanted. */
const LOG = 8;
/** Verdicts that are told by their reason, all cells of one reason together. */
const BY_REASON = { blocked: 'blocked', skip: 'skipped', unsupported: 'not supported' } as const;

const valuesOf = ({ measured = [] }: Cell): string => measured.map((one) => `${one.name} ${showValue(one)}`).join(', ');

/** One cell a line; what has something to say is told in full further down. */
function row(cell: Cell, idWidth: number, look: Look): string {
  const sign = signOf(cell);
  const { symbol, word, style } = SIGNS[sign];
  const lead = `${symbol} ${pad(word, 6)}${pad(plain(cell.probe), idWidth)}  `;
  const text = plain(sign === 'fixed' ? `${cell.summary} (it was known to fail)` : cell.summary);
  const exact = (cell.measured ?? []).map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(', ');
  const values = plain(valuesOf(cell));
  const said = exact === '' ? text : text.includes(exact) ? text.replace(exact, values) : `${text}: ${values}`;
  return look.paint(style, lead.slice(0, 8)) + lead.slice(8) + cut(said, Math.max(24, look.width - widthOf(lead)));
}

function rows(cells: readonly Cell[], look: Look): string[] {
  const idWidth = Math.max(...cells.map(({ probe }) => widthOf(plain(probe))), 0);
  let group: string | undefined;
  return cells.flatMap((cell) => {
    const first = group !== undefined && group !== groupOf(cell.probe);
    group = groupOf(cell.probe);
    return first ? ['', row(cell, idWidth, look)] : [row(cell, idWidth, look)];
  });
}

/** A sentence behind its sign, continued below itself. */
function item(text: string, style: Style, look: Look): string[] {
  return wrap(text, look.width - 2).map((line, i) => look.paint(style, i === 0 ? line : `  ${line}`));
}

/** `27 probes blocked: it needs handshake/upgrade, which failed` */
function reasons(cells: readonly Cell[], look: Look): string[] {
  return (Object.keys(BY_REASON) as (keyof typeof BY_REASON)[]).flatMap((verdict) => {
    const found = cells.filter((cell) => cell.verdict === verdict);
    return [...new Set(found.map(({ summary }) => summary))].flatMap((summary) => {
      const same = found.filter((cell) => cell.summary === summary);
      const ids = same.map(({ probe }) => probe);
      const values = same.map(valuesOf).filter((text) => text !== '');
      const measured = values.length > 0 ? `; measured: ${plain(values.join(', '))}` : '';
      const who = ids.length === 1 ? plain(ids[0]!) : `${ids.length} probes`;
      const told = look.trace && ids.length > 1 ? `: ${plain(ids.join(', '))}` : '';
      const text = `${SIGNS[verdict].symbol} ${who} ${BY_REASON[verdict]}: ${plain(summary)}${measured}${told}`;
      return item(text, 'dim', look);
    });
  });
}

function title({ id, version, image, digest }: ReportedTarget, look: Look): string[] {
  const more = [
    version !== undefined && !id.includes(`@${version}:`) ? `version ${version}` : '',
    image ?? '',
    digest === undefined ? '' : digest.slice(0, 'sha256:'.length + 12),
  ].filter((part) => part !== '');
  return [look.paint('bold', plain(id)) + (more.length > 0 ? look.paint('dim', `  ${plain(more.join('  '))}`) : '')];
}

/** `behind AWS Application Load Balancer (server: awselb/2.0): docs/load-balancers/aws-alb.md` */
function behind({ loadBalancers = [] }: ReportedTarget, look: Look): string[] {
  return loadBalancers.flatMap(({ title, sign, page }) =>
    wrap(plain(`behind ${title} (${sign}), whose limits are told in ${page}`), look.width),
  );
}

/** The last lines of what the proxy said; the bar keeps a line from being anything but a quotation. */
function renderLog(log: string | undefined, look: Look): string[] {
  if (log === undefined || log.trim() === '') return [];
  const lines = log.trimEnd().split(/\r?\n/);
  const shown = look.trace ? lines : lines.slice(-LOG);
  const cutOff = lines.length > shown.length ? ` (the last ${shown.length} of ${lines.length} lines)` : '';
  const fitted = shown.map((line) => (look.trace ? plain(line) : cut(plain(line), look.width - 4)));
  return [look.paint('dim', `log of the proxy${cutOff}`), ...fitted.map((line) => `  │ ${line}`), ''];
}

function renderTarget(report: Report, target: ReportedTarget, look: Look): string[] {
  const cells = report.cells.filter((cell) => cell.target === target.id);
  const { failure } = target;
  const lost = failure !== undefined;
  const listed = cells.filter(({ verdict }) => !(verdict in BY_REASON) && !(lost && verdict === 'error'));
  const unrun = lost ? cells.filter(({ verdict }) => verdict === 'error').length : 0;
  const told = cells.filter(({ verdict }) => !(lost && verdict === 'error'));
  return [
    ...title(target, look),
    ...behind(target, look),
    ...(target.notes ?? []).flatMap((note) => wrap(plain(note), look.width)).map((line) => look.paint('dim', line)),
    '',
    // Why it could not be probed comes before what would not have been probed anyhow.
    ...(failure === undefined
      ? []
      : item(`${SIGNS.error.symbol} ${many(unrun, 'probe')} without a verdict: ${plain(failure)}`, 'red', look)),
    ...(failure !== undefined && listed.length > 0 ? [''] : []),
    ...(listed.length > 0 ? rows(listed, look) : []),
    ...(listed.length > 0 && listed.length < cells.length ? [''] : []),
    ...reasons(cells, look),
    '',
    ...renderFindings(report, told, look),
    ...(lost || look.trace ? renderLog(report.run.logs[target.id], look) : []),
  ];
}

/** A report probe by probe, one target after the other, with the cause and the fix of what does not hold. */
export function renderProbes(report: Report, look: Look): string {
  const targets = report.targets.flatMap((target) => renderTarget(report, target, look));
  return `${[...targets, ...renderSummary(report, look)].join('\n')}\n`;
}
