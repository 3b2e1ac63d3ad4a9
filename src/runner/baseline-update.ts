import { isSeq, parseDocument } from 'yaml';
import { UsageError } from '../errors.ts';
import type { Cell } from '../report/document.ts';
import type { BaselineEntry, Judged, JudgedEntry } from './baseline.ts';

/** A baseline file that accepts nothing. */
const EMPTY = `# Findings that are accepted. Each needs a reason; "verdict", "versions", "link" and "expires" are optional.
findings: []
`;
const NO_REASON = 'not explained yet: say why this is accepted';

/** What an update did, to be shown. */
export interface BaselineUpdate {
  readonly text: string;
  readonly added: readonly BaselineEntry[];
  readonly removed: readonly BaselineEntry[];
}

/** What was accepted of the same cell for another cause does not explain this one, and helps whoever has to. */
function reasonFor({ target, probe }: Cell, entries: readonly JudgedEntry[]): string {
  const before = entries.find(
    ({ entry, state }) => state === 'other' && entry.target === target && entry.probe === probe,
  )?.entry;
  return before === undefined ? NO_REASON : `${NO_REASON}; of ${before.symptom} it was: ${before.reason}`;
}

const entryFor = (cell: Cell, entries: readonly JudgedEntry[]): BaselineEntry => {
  const { target, probe, verdict, symptom } = cell;
  return {
    target,
    probe,
    ...(verdict === 'warn' ? { verdict } : {}),
    ...(symptom === undefined ? {} : { symptom }),
    reason: reasonFor(cell, entries),
  };
};

/** What does not happen any more is taken out, but for entries that stand for many cells: this run may not have had them all. */
const isOver = ({ entry, state }: JudgedEntry): boolean =>
  (state === 'gone' || state === 'other') && !entry.target.includes('*') && !entry.probe.includes('*');

/** A finding that an expired entry is about is left to whoever let it expire. */
function isExpiredIn(entries: readonly JudgedEntry[], cell: Cell): boolean {
  return entries.some(
    ({ entry, state }) => state === 'expired' && entry.target === cell.target && entry.probe === cell.probe,
  );
}

/**
 * A baseline file brought up to date: new findings are added, what is gone is taken out, and everything else (reasons,
 * comments, order) stays as it is written.
 *
 * @param text the file as it is, checked before; '' when there is none yet
 * @throws UsageError when its list is an alias of another one
 */
export function updateBaseline(text: string, { entries, fresh }: Judged): BaselineUpdate {
  const document = parseDocument(text.trim() === '' ? EMPTY : text);
  const list = document.get('findings');
  if (!isSeq(list)) throw new UsageError('The findings of the baseline must be written as a list to be updated.');
  const removed = entries.filter(isOver).map(({ entry }) => entry);
  const added = fresh.filter((cell) => !isExpiredIn(entries, cell)).map((cell) => entryFor(cell, entries));
  list.items = list.items.filter((_, i) => !entries[i] || !isOver(entries[i]));
  for (const entry of added) list.add(document.createNode(entry));
  // `findings: []` is written in one line, and would stay so.
  list.flow = list.items.length === 0;
  return { text: document.toString({ lineWidth: 0 }), added, removed };
}
