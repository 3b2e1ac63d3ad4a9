import type { Cell, Report, Verdict } from '../document.ts';
import { matrixOf } from '../matrix.ts';
import { type ComparedTarget, compareTargets } from './targets.ts';
import { compareValues, type ValueChange } from './values.ts';

/** better, worse; `changed`: neither; `unclear`: one of them is no verdict, so that nothing can be said. */
export type Tendency = 'better' | 'worse' | 'changed' | 'unclear';

/** A cell that does not say what it said. */
export interface CellChange {
  /** As the later report calls it. */
  readonly target: string;
  readonly probe: string;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly tendency: Tendency;
  /** A requirement that held, or was not known to be broken, is broken now, and nobody expects it. */
  readonly regression: boolean;
  /** What the later report says of it. */
  readonly says: string;
}

/** What has become of a matrix between two reports. */
export interface ReportDiff {
  /** Whether anything in it is a regression. */
  readonly regression: boolean;
  readonly cells: readonly CellChange[];
  readonly values: readonly ValueChange[];
  readonly targets: {
    readonly compared: readonly {
      readonly before: string;
      readonly after: string;
      readonly versions?: readonly [string, string];
    }[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
  readonly probes: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Cells that are in both reports, and have a verdict in one of them at least. */
  readonly compared: number;
  /** Cells of which neither report knows anything. */
  readonly unknown: number;
}

/** What a verdict says: how well the requirement holds, or nothing (null). */
const GRADES: Readonly<Record<Verdict, number | null>> = {
  pass: 2,
  info: 2,
  unsupported: 2,
  warn: 1,
  fail: 0,
  blocked: null,
  skip: null,
  error: null,
};

function tendencyOf(before: Verdict, after: Verdict): Tendency {
  const [was, is] = [GRADES[before], GRADES[after]];
  if (is === null) return was === null ? 'changed' : 'unclear';
  // What was not known and is broken now is worse than not knowing; what holds now is better.
  if (was === null) return is === 2 ? 'better' : 'worse';
  if (is === was) return 'changed';
  return is > was ? 'better' : 'worse';
}

function changeOf(before: Cell, after: Cell): CellChange | undefined {
  // What was measured is compared value by value.
  if (before.verdict === 'info' && after.verdict === 'info') return undefined;
  const sameWords = before.symptom === after.symptom && before.known === after.known;
  if (before.verdict === after.verdict && (sameWords || GRADES[after.verdict] === null)) return undefined;
  const tendency = tendencyOf(before.verdict, after.verdict);
  return {
    target: after.target,
    probe: after.probe,
    before: before.verdict,
    after: after.verdict,
    tendency,
    regression: tendency === 'worse' && !after.known,
    says: after.cause ?? after.summary,
  };
}

const versionsOf = ({ before, after }: ComparedTarget): { versions?: readonly [string, string] } =>
  before.version !== undefined && after.version !== undefined && before.version !== after.version
    ? { versions: [before.version, after.version] }
    : {};

/**
 * What got better and what got worse from one report to a later one, cell by cell and value by value. Targets that
 * differ by their version alone are compared with each other.
 */
export function diff(before: Report, after: Report): ReportDiff {
  const [was, is] = [matrixOf(before), matrixOf(after)];
  const { compared, added, removed } = compareTargets(before, after);
  const ids = (probes: Report['probes']): string[] => probes.map(({ id }) => id);
  const [oldProbes, newProbes] = [new Set(ids(before.probes)), new Set(ids(after.probes))];
  const pairs = compared.flatMap((target) =>
    ids(after.probes).flatMap((probe) => {
      const [old, now] = [was.cell(target.before.id, probe), is.cell(target.after.id, probe)];
      return old && now ? [[old, now] as const] : [];
    }),
  );
  const unknown = pairs.filter((pair) => pair.every(({ verdict }) => GRADES[verdict] === null)).length;
  const cells = pairs.flatMap(([old, now]) => changeOf(old, now) ?? []);
  const values = pairs.flatMap(([old, now]) => compareValues(old, now));
  return {
    regression: [...cells, ...values].some(({ regression }) => regression),
    cells,
    values,
    targets: {
      compared: compared.map((pair) => ({ before: pair.before.id, after: pair.after.id, ...versionsOf(pair) })),
      added: added.map(({ id }) => id),
      removed: removed.map(({ id }) => id),
    },
    probes: {
      added: [...newProbes].filter((id) => !oldProbes.has(id)),
      removed: [...oldProbes].filter((id) => !newProbes.has(id)),
    },
    compared: pairs.length - unknown,
    unknown,
  };
}
