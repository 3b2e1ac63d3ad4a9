import type { Cell, Report } from './document.ts';

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
export function isFinding({ verdict, known }: Cell, strict = false): boolean {
  return !known && (verdict === 'fail' || (strict && verdict === 'warn'));
}

export function isKnownFinding({ verdict, known }: Cell): boolean {
  return known && (verdict === 'fail' || verdict === 'warn');
}

/** Verdicts of cells that nothing was tried for. */
const UNTRIED: ReadonlySet<Cell['verdict']> = new Set(['skip', 'blocked', 'unsupported']);

export function tally({ cells, targets }: Report, strict = false): Tally {
  const lost = new Set(targets.filter(({ failure }) => failure !== undefined).map(({ id }) => id));
  const count = (test: (cell: Cell) => boolean): number => cells.filter(test).length;
  return {
    findings: count((cell) => isFinding(cell, strict)),
    known: count(isKnownFinding),
    fixed: count(({ change }) => change === 'fixed'),
    warnings: strict ? 0 : count(({ verdict, known }) => verdict === 'warn' && !known),
    inconclusive: count(({ verdict, target }) => verdict === 'error' && !lost.has(target)),
    unreachable: lost.size,
    ran: count(({ verdict }) => !UNTRIED.has(verdict)),
  };
}
