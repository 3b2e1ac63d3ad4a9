import type { ReportedHead } from '../document.ts';

/** A line of two heads laid over each other: gone, new, or the same on both sides. */
export interface HeadLine {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

const line =
  (mark: HeadLine['mark']) =>
  ([name, value]: readonly [string, string]): HeadLine => ({ mark, text: `${name}: ${value}` });

const valuesOf = (head: ReportedHead, lower: string): string[] =>
  head.fields.filter(([name]) => name.toLowerCase() === lower).map(([, value]) => value);

/**
 * What became of a head on its way through the proxy: its start line, and the field lines that were dropped, changed or
 * added, in their order. Names are compared without case (RFC 9110 §5.1).
 */
export function headChanges(before: ReportedHead, after: ReportedHead): { lines: HeadLine[]; unchanged: number } {
  const lines: HeadLine[] =
    before.start === after.start
      ? [{ mark: ' ', text: before.start }]
      : [
          { mark: '-', text: before.start },
          { mark: '+', text: after.start },
        ];
  let unchanged = 0;
  const met = new Set<string>();
  for (const [name] of [...before.fields, ...after.fields]) {
    const lower = name.toLowerCase();
    if (met.has(lower)) continue;
    met.add(lower);
    const [was, is] = [valuesOf(before, lower), valuesOf(after, lower)];
    if (was.length === is.length && was.every((value, i) => value === is[i])) {
      unchanged += was.length;
      continue;
    }
    lines.push(...before.fields.filter(([field]) => field.toLowerCase() === lower).map(line('-')));
    lines.push(...after.fields.filter(([field]) => field.toLowerCase() === lower).map(line('+')));
  }
  return { lines, unchanged };
}

/** A head whole, in the order and the case of the wire; a mark is on what the other one does not have. */
export function wholeHead(head: ReportedHead, other: ReportedHead = head, mark: HeadLine['mark'] = ' '): HeadLine[] {
  return [
    { mark: head.start === other.start ? ' ' : mark, text: head.start },
    ...head.fields.map(([name, value]) =>
      line(valuesOf(other, name.toLowerCase()).includes(value) ? ' ' : mark)([name, value]),
    ),
  ];
}
