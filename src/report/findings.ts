import { type Cell, isBroken, type Report, type ReportedTarget, UNTRIED } from './document.ts';

/** What of a report decides about red and green. `strict` counts warnings as findings (`--strict`). */
export interface Tally {
  /** Cells that say something against a proxy and are news. */
  readonly findings: number;
  /** The same, expected. */
  readonly known: number;
  /** Expected findings that are gone. */
  readonly fixed: number;
  /** Warnings that are no findings. */
  readonly warnings: number;
  /** Cells without a verdict, at targets that could be probed. */
  readonly inconclusive: number;
  /** Targets that could not be probed, or not to the end. */
  readonly unreachable: number;
  /** Cells that have been tried. */
  readonly ran: number;
}

/** Whether a cell says something against the proxy. */
function isFinding({ verdict, known }: Cell, strict = false): boolean {
  return !known && (verdict === 'fail' || (strict && verdict === 'warn'));
}

function isKnownFinding(cell: Cell): boolean {
  return cell.known && isBroken(cell);
}

/** What a report comes to, in numbers. @param strict a warning is a finding */
export function tally(report: Report, strict = false): Tally {
  const { cells } = report;
  const unclear = troubles(report);
  const count = (test: (cell: Cell) => boolean): number => cells.filter(test).length;
  return {
    findings: count((cell) => isFinding(cell, strict)),
    known: count(isKnownFinding),
    fixed: count(({ change }) => change === 'fixed'),
    warnings: strict ? 0 : count(({ verdict, known }) => verdict === 'warn' && !known),
    inconclusive: unclear.cells.length,
    unreachable: unclear.targets.length,
    ran: count(({ verdict }) => !UNTRIED.has(verdict)),
  };
}

/** What says nothing about any proxy: targets that could not be probed to the end, and cells without a verdict elsewhere. */
export function troubles({ targets, cells }: Report): { targets: ReportedTarget[]; cells: Cell[] } {
  const lost = targets.filter(({ failure }) => failure !== undefined);
  const ids = new Set(lost.map(({ id }) => id));
  return { targets: lost, cells: cells.filter(({ verdict, target }) => verdict === 'error' && !ids.has(target)) };
}

/** Findings that are the same at several targets: one statement, one cause, one fix. In the order of the cells. */
export function alike(cells: readonly Cell[]): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const { verdict, probe, symptom, cause, fix, known } = cell;
    const key = JSON.stringify([verdict, probe, symptom ?? cause, fix?.text, fix?.config, known]);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return [...groups.values()];
}
