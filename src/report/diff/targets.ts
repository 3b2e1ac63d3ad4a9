import type { Report, ReportedTarget } from '../document.ts';

/** A target in both reports. Its ids differ when it is the same one in another version. */
export interface ComparedTarget {
  readonly before: ReportedTarget;
  readonly after: ReportedTarget;
}

/** The targets of two reports: those in both, and those in one of them. */
export interface TargetDifference {
  readonly compared: readonly ComparedTarget[];
  readonly added: readonly ReportedTarget[];
  readonly removed: readonly ReportedTarget[];
}

/** What a target is apart from its version. */
const kindOf = ({ proxy, variant, transport }: ReportedTarget): string => JSON.stringify([proxy, variant, transport]);

function byKind(targets: readonly ReportedTarget[]): Map<string, ReportedTarget[]> {
  const kinds = new Map<string, ReportedTarget[]>();
  for (const target of targets) kinds.set(kindOf(target), [...(kinds.get(kindOf(target)) ?? []), target]);
  return kinds;
}

/**
 * Which target of one report is which of the other: the one with the same id, else the only one that differs by its
 * version alone, so that a report from before an upgrade can be compared with one from after it.
 */
export function compareTargets(before: Report, after: Report): TargetDifference {
  const old = new Map(before.targets.map((target) => [target.id, target]));
  const sameId = after.targets.filter(({ id }) => old.has(id));
  const ids = new Set(sameId.map(({ id }) => id));
  const left = byKind(before.targets.filter(({ id }) => !ids.has(id)));
  const right = byKind(after.targets.filter(({ id }) => !ids.has(id)));
  const partners = new Map<string, ReportedTarget>(sameId.map(({ id }) => [id, old.get(id)!]));
  for (const [kind, [only, ...others]] of right) {
    const [was, ...wereOthers] = left.get(kind) ?? [];
    if (only && was && others.length === 0 && wereOthers.length === 0) partners.set(only.id, was);
  }
  const found = new Set([...partners.values()].map(({ id }) => id));
  return {
    compared: after.targets.flatMap((target) => {
      const partner = partners.get(target.id);
      return partner ? [{ before: partner, after: target }] : [];
    }),
    added: after.targets.filter(({ id }) => !partners.has(id)),
    removed: before.targets.filter(({ id }) => !found.has(id)),
  };
}
