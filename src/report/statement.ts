import { blameLine } from './blame.ts';
import { type Cell, cellKey, type Report } from './document.ts';

/** All that a finding says, in the words of a report, line by line: for formats that have one text for it. */
export function statement(cell: Cell): string {
  const { summary, cause, expected, actual, fix, because, known, reproduce } = cell;
  const blame = blameLine(cell);
  const lines = [
    summary,
    cause && `Cause: ${cause}`,
    blame && `Hop: ${blame}`,
    expected && `Expected: ${expected}`,
    actual && `Actual: ${actual}`,
    fix && `Fix: ${fix.text}`,
    fix?.config?.trimEnd(),
    fix?.docs && `See: ${fix.docs}`,
    known && `Known: ${because ?? 'it is expected of this target'}`,
    reproduce && `Reproduce: ${reproduce}`,
  ];
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n');
}

/** ms that a cell took; 0 when it was not run. */
export function durationOf({ run }: Pick<Report, 'run'>, cell: Cell): number {
  return run.cells[cellKey(cell)]?.durationMs ?? 0;
}

/** A few of many, and how many more. */
export function some(items: readonly string[], most = 5): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ');
}

/** `1 target`, `2 targets`; `1 proxy`, `2 proxies`. */
export const many = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;
