import { blameLine } from './blame.ts';
import { type Cell, isBroken, type Report, type ReportedTarget, VERDICTS } from './document.ts';
import { markdownBlock, markdownCode, markdown as text, webAddress } from './escape.ts';
import { alike, troubles } from './findings.ts';
import { type Matrix, matrixOf } from './matrix.ts';
import { showValue } from './measurement.ts';
import { notesOf } from './shards.ts';
import { MEANINGS, type SignName, signOf } from './signs.ts';
import { many, some } from './statement.ts';

/** GitHub cuts off nothing of a step summary, it refuses one that is larger (1 MiB); room is left for what stands before. */
const SUMMARY_LIMIT = 1000 * 1024;

/** Marks that keep their colour in every theme; each has a shape of its own. */
const PICTURES: Readonly<Record<SignName, string>> = {
  pass: '✅',
  fixed: '🟢',
  fail: '❌',
  known: '🔶',
  warn: '⚠️',
  info: 'ℹ️',
  unsupported: '➖',
  blocked: '🚫',
  skip: '▫️',
  error: '❔',
};

function entry(cell: Cell | undefined): string {
  if (!cell) return '';
  const values = (cell.measured ?? []).map((value) => text(showValue(value))).join(', ');
  if (cell.verdict === 'info' && values !== '') return values;
  return PICTURES[signOf(cell)];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** What a column is called: what tells targets apart that have the proxy in common is below its name. */
function column({ proxy, version, variant, transport }: ReportedTarget): string {
  return `${text(version === undefined ? proxy : `${proxy} ${version}`)}<br>${text(`${variant} ${transport}`)}`;
}

function* table({ targets, groups, cell }: Matrix): Generator<string> {
  yield row(['', ...targets.map(column)]);
  yield row(['---', ...targets.map(() => ':-:')]);
  for (const { name, probes } of groups) {
    yield row([`**${text(name)}**`, ...targets.map(() => '')]);
    for (const { id, title } of probes) {
      yield row([`${markdownCode(id)}<br>${text(title)}`, ...targets.map((target) => entry(cell(target.id, id)))]);
    }
  }
}

/** Columns that a page of text has room for. */
const WIDE = 8;

/** Worst first; what holds is said only when nothing else is to be said. */
const TOLD = ['fail', 'warn', 'error'] as const;

/** What a group of probes came to: how many do not hold, whether that was known or not. */
function tally(cells: readonly (Cell | undefined)[]): string {
  const count = (wanted: string): number => cells.filter((cell) => cell?.verdict === wanted).length;
  const bad = TOLD.filter((verdict) => count(verdict) > 0).map((verdict) => `${PICTURES[verdict]} ${count(verdict)}`);
  if (bad.length > 0) return bad.join(' ');
  const said = (['pass', 'info', 'blocked', 'unsupported', 'skip'] as const).find((verdict) => count(verdict) > 0);
  return said === undefined ? '' : PICTURES[said];
}

/** One row a target, one column a group of probes: for more targets than a table of all probes has room for. */
function* overview({ targets, groups, cell }: Matrix): Generator<string> {
  yield row(['', ...groups.map(({ name }) => text(name))]);
  yield row(['---', ...groups.map(() => ':-:')]);
  for (const target of targets) {
    const tallies = groups.map(({ probes }) => tally(probes.map(({ id }) => cell(target.id, id))));
    yield row([column(target).replace('<br>', ', '), ...tallies]);
  }
}

/** The same signs whoever knew it before. */
function overviewLegend(): string {
  const signs = ['pass', 'fail', 'warn', 'error', 'info', 'blocked', 'unsupported', 'skip'] as const;
  return signs.map((sign) => `${PICTURES[sign]} ${sign}: ${MEANINGS[sign]}`).join('<br>\n');
}

function legend({ cells }: Report): string {
  const used = new Set(cells.map(signOf));
  const named = (Object.keys(PICTURES) as SignName[]).filter((sign) => used.has(sign));
  return named.map((sign) => `${PICTURES[sign]} ${sign}: ${MEANINGS[sign]}`).join('<br>\n');
}

function counts({ summary, targets, probes }: Report): string {
  const said = VERDICTS.filter((verdict) => summary[verdict] > 0).map((verdict) => `${summary[verdict]} ${verdict}`);
  return `${many(targets.length, 'target')}, ${many(probes.length, 'probe')}: ${said.join(', ')}.`;
}

function finding(cells: readonly Cell[]): string {
  const { probe, summary, cause, expected, actual, fix, known, because, reproduce } = cells[0]!;
  const docs = fix?.docs === undefined ? undefined : webAddress(fix.docs);
  const blames = [...new Set(cells.flatMap((cell) => blameLine(cell) ?? []))];
  const parts = [
    `### ${PICTURES[signOf(cells[0]!)]} ${text(summary)}`,
    `${markdownCode(probe)} at ${some(
      cells.map(({ target }) => markdownCode(target)),
      20,
    )}`,
    ...(known ? [`Known: ${text(because ?? 'it is expected of this target')}.`] : []),
    ...(cause === undefined ? [] : [text(cause)]),
    ...(blames.length === 0 ? [] : [`Hop: ${blames.map((blame) => text(blame)).join('; ')}.`]),
    ...(expected === undefined
      ? []
      : [`- expected: ${markdownCode(expected)}\n- actual: ${markdownCode(actual ?? '')}`]),
    ...(fix === undefined
      ? []
      : [`**Fix.** ${text(fix.text)}${docs === undefined ? '' : ` [Documentation](<${docs}>)`}`]),
    ...(fix?.config === undefined ? [] : [markdownBlock(fix.config)]),
    ...(reproduce === undefined ? [] : [`Reproduce: ${markdownCode(reproduce)}`]),
  ];
  return parts.join('\n\n');
}

function* sections(report: Report): Generator<string> {
  const { targets, cells } = troubles(report);
  for (const { id, failure } of targets) yield `${markdownCode(id)} could not be probed: ${text(failure!)}`;
  for (const { target, probe, summary } of cells) {
    yield `${PICTURES.error} ${markdownCode(probe)} at ${markdownCode(target)}: ${text(summary)}`;
  }
  const bad = report.cells.filter(isBroken);
  const order = (cell: Cell): number => (cell.known ? 2 : 0) + (cell.verdict === 'fail' ? 0 : 1);
  for (const group of alike(bad.toSorted((a, b) => order(a) - order(b)))) yield finding(group);
}

/**
 * The compatibility table alone, as a README shows it: each probe at each target, or, where there are too many targets
 * for that, each group of probes.
 */
export function compatibilityTable(report: Report): string {
  const { version } = report.tool;
  const wide = report.targets.length > WIDE;
  const day = report.run.startedAt.slice(0, 10);
  return [
    ...(wide ? overview(matrixOf(report)) : table(matrixOf(report))),
    '',
    wide ? overviewLegend() : legend(report),
    '',
    [...notesOf(report), `${counts(report)} Found by wsproof ${version} on ${day}.`]
      .map((note) => text(note))
      .join(' '),
    '',
  ].join('\n');
}

/** The table and every finding, for a job summary: never larger than GitHub takes, and it says so when something is left out. */
export function markdown(report: Report): string {
  const head = [
    '## WebSockets through these proxies',
    counts(report),
    ...notesOf(report).map((note) => `> ${text(note)}`),
    [...table(matrixOf(report))].join('\n'),
    legend(report),
  ];
  const parts: string[] = [];
  let size = 0;
  let omitted = 0;
  for (const part of [...head, ...sections(report)]) {
    const length = Buffer.byteLength(part) + 2;
    if (size + length > SUMMARY_LIMIT) omitted++;
    else {
      parts.push(part);
      size += length;
    }
  }
  if (omitted > 0)
    parts.push(`_${many(omitted, 'more section')} that did not fit in here: the other reports have them._`);
  return `${parts.join('\n\n')}\n`;
}
