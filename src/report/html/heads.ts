import type { ReportedHead } from '../document.ts';

/** What the proxy did to a line of a head: nothing, took it away, added it, changed its value, changed the case of its name. */
export type Mark = 'same' | 'dropped' | 'added' | 'changed' | 'recased';

/** A line of two heads side by side: as it went into the proxy, and as it came out. */
export type HeadRow = readonly [mark: Mark, before: string | null, after: string | null];

const lineOf = ([name, value]: readonly [string, string]): string => `${name}: ${value}`;

/** What a field is paired by: its name without case, and the host under whichever name (RFC 9113 §8.3.1). */
const keyOf = (name: string): string => (name === ':authority' ? 'host' : name.slice(0, LONGEST).toLowerCase());

/** Characters of a name that tell it from others; nobody has longer ones in earnest. */
const LONGEST = 256;

/** HTTP/2 has names in lower case only (RFC 9113 §8.2.1): across versions their case says nothing. */
const isLowerCased = ({ start }: ReportedHead): boolean => /\bHTTP\/[23]/.test(start);

function markOf(before: readonly [string, string], after: readonly [string, string], caseCounts: boolean): Mark {
  if (before[1] !== after[1]) return 'changed';
  return before[0] === after[0] || !caseCounts ? 'same' : 'recased';
}

/** For each field of one head, the field of the other that it became: the next one of the same name (RFC 9110 §5.1). */
function partners(before: ReportedHead, after: ReportedHead): Map<number, number> {
  const unused = new Map<string, number[]>();
  after.fields.forEach(([name], i) => {
    unused.set(keyOf(name), [...(unused.get(keyOf(name)) ?? []), i]);
  });
  const found = new Map<number, number>();
  before.fields.forEach(([name], i) => {
    const partner = unused.get(keyOf(name))?.shift();
    if (partner !== undefined) found.set(i, partner);
  });
  return found;
}

/**
 * Two heads laid beside each other, line by line in the order of the first; what the second has on top stands behind the
 * field that it follows there. A head that is null never came: every line of the other one is alone.
 */
export function headRows(before: ReportedHead | null, after: ReportedHead | null): HeadRow[] {
  if (!before || !after) {
    const mark = before ? 'dropped' : 'added';
    const side = (line: string): HeadRow => (before ? [mark, line, null] : [mark, null, line]);
    const only = before ?? after;
    return only ? [side(only.start), ...only.fields.map((field) => side(lineOf(field)))] : [];
  }
  const became = partners(before, after);
  const taken = new Set(became.values());
  const caseCounts = !isLowerCased(before) && !isLowerCased(after);
  const added = (from: number): HeadRow[] => {
    const rows: HeadRow[] = [];
    for (let i = from; i < after.fields.length && !taken.has(i); i++)
      rows.push(['added', null, lineOf(after.fields[i]!)]);
    return rows;
  };
  const start: HeadRow = [before.start === after.start ? 'same' : 'changed', before.start, after.start];
  const rows = before.fields.flatMap((field, i): HeadRow[] => {
    const partner = became.get(i);
    if (partner === undefined) return [['dropped', lineOf(field), null]];
    const other = after.fields[partner]!;
    return [[markOf(field, other, caseCounts), lineOf(field), lineOf(other)], ...added(partner + 1)];
  });
  return [start, ...added(0), ...rows];
}

const SIGNS: Readonly<Record<Mark, string>> = { same: ' ', dropped: '−', added: '+', changed: '~', recased: '≈' };

/** The same as a text, for where there are no columns: a changed line is there as it was and as it is. */
export function headText(rows: readonly HeadRow[]): string {
  return rows
    .flatMap(([mark, before, after]) => {
      if (mark === 'same') return [`  ${after}`];
      const gone = before === null ? [] : [`${mark === 'added' ? SIGNS.added : SIGNS.dropped} ${before}`];
      const come = after === null ? [] : [`${SIGNS.added} ${after}`];
      return [...gone, ...come];
    })
    .join('\n');
}
