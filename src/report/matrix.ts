import type { Cell, Report, ReportedProbe, ReportedTarget } from './document.ts';

/** Probes of the catalog that have the first part of their id in common, in the order of the catalog. */
export interface Group {
  readonly name: string;
  readonly probes: readonly ReportedProbe[];
}

/** A report as a table: probes by group, targets, and the cell where they meet. */
export interface Matrix {
  readonly targets: readonly ReportedTarget[];
  readonly groups: readonly Group[];
  /** Undefined where a merged report has no such cell. */
  cell(target: string, probe: string): Cell | undefined;
}

/** `handshake` of `handshake/upgrade`. */
export const groupOf = (probe: string): string => probe.split('/', 1)[0]!;

/** The cells of a report by probe and target, and its probes by group. */
export function matrixOf({ targets, probes, cells }: Pick<Report, 'targets' | 'probes' | 'cells'>): Matrix {
  const rows = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const row = rows.get(cell.probe) ?? new Map<string, Cell>();
    rows.set(cell.probe, row.set(cell.target, cell));
  }
  const groups = new Map<string, ReportedProbe[]>();
  for (const probe of probes) groups.set(groupOf(probe.id), [...(groups.get(groupOf(probe.id)) ?? []), probe]);
  return {
    targets,
    groups: [...groups].map(([name, members]) => ({ name, probes: members })),
    cell: (target, probe) => rows.get(probe)?.get(target),
  };
}
