import { nameInWords, showValue } from '../measurement.ts';
import { many } from '../statement.ts';
import type { ReportDiff, Tendency } from './diff.ts';

/** A change as a line for people. */
export interface ChangeLine {
  readonly tendency: Tendency;
  readonly regression: boolean;
  readonly probe: string;
  readonly target: string;
  /** `pass → fail`, `idle cut after: 1 h → 60 s`. */
  readonly change: string;
  /** What the later report says of it; '' for values. */
  readonly says: string;
}

/** The headings of a comparison, what matters first. */
export const SECTIONS: readonly (readonly [Tendency, string])[] = [
  ['worse', 'Worse'],
  ['better', 'Better'],
  ['changed', 'Changed'],
  ['unclear', 'No longer clear'],
];

/** All changes as lines, regressions first within their tendency. */
export function linesOf({ cells, values }: ReportDiff): ChangeLine[] {
  const lines: ChangeLine[] = [
    ...cells.map(({ before, after, ...rest }) => ({
      ...rest,
      change: before === after ? `still ${after}, for another cause` : `${before} → ${after}`,
    })),
    ...values.map(({ name, unit, before, after, ...rest }) => ({
      ...rest,
      change: `${nameInWords(name)}: ${showValue({ value: before, unit })} → ${showValue({ value: after, unit })}`,
      says: '',
    })),
  ];
  return lines.toSorted((a, b) => Number(b.regression) - Number(a.regression));
}

/** Targets that are another version, and what only one of the reports has, in sentences. */
export function remarksOf({ targets, probes }: ReportDiff): string[] {
  const upgraded = targets.compared.filter(({ before, after, versions }) => before !== after || versions);
  const list = (what: string, ids: readonly string[]): string[] =>
    ids.length > 0 ? [`${what}: ${ids.join(', ')}.`] : [];
  return [
    ...upgraded.map(({ before, after, versions }) => {
      const names = before === after ? after : `${before} → ${after}`;
      return `${names}${versions ? ` (${versions.join(' → ')})` : ''}.`;
    }),
    ...list('Only in the later report', [...targets.added, ...probes.added]),
    ...list('Only in the earlier report', [...targets.removed, ...probes.removed]),
  ];
}

/** `2 regressions, 1 worse, 3 better, 54 cells compared.` */
export function summaryOf(difference: ReportDiff): string {
  const lines = linesOf(difference);
  const count = (tendency: Tendency): number =>
    lines.filter((line) => line.tendency === tendency && !line.regression).length;
  const regressions = lines.filter(({ regression }) => regression).length;
  const parts = [
    ...(regressions > 0 ? [many(regressions, 'regression')] : []),
    ...SECTIONS.filter(([tendency]) => count(tendency) > 0).map(([tendency]) => `${count(tendency)} ${tendency}`),
  ];
  const { compared, unknown } = difference;
  const silent = unknown > 0 ? `, ${unknown} without a verdict in both` : '';
  const changed = parts.length > 0 ? parts.join(', ') : compared > 0 ? 'Nothing changed' : 'Nothing can be said';
  return `${changed}, ${many(compared, 'cell')} compared${silent}.`;
}
