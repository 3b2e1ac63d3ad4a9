import type { Probe } from '../probes/probe.ts';
import { globPattern } from '../proxies/pattern.ts';
import type { Capability, Target } from '../proxies/target.ts';

/** What the user selects of the catalog. Globs know `*` only. */
export interface Selection {
  /** Probe ids to run, as globs; none: all of the preset. */
  readonly probe?: readonly string[];
  /** Probe ids to leave out, as globs. */
  readonly skip?: readonly string[];
  readonly levels?: readonly Probe['level'][];
  /** Which tags run. Default: quick alone. */
  readonly preset?: 'quick' | 'full' | 'slow' | 'legacy';
}

/** One cell to be, or the reason why it will not run. */
export interface PlannedCell {
  readonly target: Target;
  readonly probe: Probe;
  /** A reason that a user can act on; without one it runs. */
  readonly skip?: string;
  /** A declared inability of the target, as a reason: the cell is `unsupported`. */
  readonly unsupported?: string;
}

/** All cells of a run, before it begins. */
export interface Plan {
  readonly targets: readonly Target[];
  /** The selected probes and all that they need, in the order of the catalog. */
  readonly probes: readonly Probe[];
  readonly cells: readonly PlannedCell[];
}

/** Which tags each preset runs. */
const PRESETS: Record<NonNullable<Selection['preset']>, readonly string[]> = {
  quick: ['quick'],
  full: ['quick', 'full', 'load'],
  slow: ['quick', 'full', 'load', 'slow'],
  legacy: ['legacy'],
};

/** Whether a text is what a glob stands for, of which `*` stands for anything. */
export function globMatches(glob: string, text: string): boolean {
  return globPattern(glob).test(text);
}

const some = (globs: readonly string[] | undefined, id: string): boolean =>
  globs?.some((glob) => globMatches(glob, id)) ?? false;

/** The probes that a selection names, and those that they need, in the order of the catalog. */
function selectProbes(catalog: readonly Probe[], selection: Selection): Probe[] {
  const tags = PRESETS[selection.preset ?? 'quick'];
  const named = selection.probe && selection.probe.length > 0;
  const chosen = new Set<string>(
    catalog
      // A probe that is named runs whatever its tag: who asks for it by name means it.
      .filter((probe) => (named ? some(selection.probe, probe.id) : tags.includes(probe.tag ?? 'quick')))
      .filter((probe) => !some(selection.skip, probe.id))
      .filter((probe) => selection.levels === undefined || selection.levels.includes(probe.level))
      .map(({ id }) => id),
  );
  for (const id of chosen) {
    for (const need of catalog.find((probe) => probe.id === id)?.needs ?? []) chosen.add(need);
  }
  return catalog.filter(({ id }) => chosen.has(id));
}

/** Why a probe that requires this does not run. */
export const INABILITY: Record<Capability, string> = {
  reload: 'this target has no command that reloads its configuration',
  stop: 'this target is not ours to stop',
  memory: 'the memory of this target cannot be read',
  'two-origins': 'this variant has one origin; a variant with `origins: 2` has two',
};

function inability(target: Target, probe: Probe): string | undefined {
  const missing = probe.requires?.find((capability) => !target.capabilities?.includes(capability));
  return missing && INABILITY[missing];
}

function reasonToSkip(target: Target, probe: Probe): string | undefined {
  if (probe.transports && !probe.transports.includes(target.transport)) {
    return `it is about ${probe.transports.join(' and ')}; this target is reached over ${target.transport}`;
  }
  if (target.originNeeds.foreign && !probe.oneSided) {
    return 'it needs the reference origin behind the proxy: let the proxy forward to this machine, and say --origin local:PORT; or to a wsproof serve, and say --origin remote';
  }
  return undefined;
}

/** What a run will do, cell by cell, before anything is started. Pure. */
export function planRun(catalog: readonly Probe[], targets: readonly Target[], selection: Selection = {}): Plan {
  const probes = selectProbes(catalog, selection);
  const cells = targets.flatMap((target) =>
    probes.map((probe): PlannedCell => {
      const skip = reasonToSkip(target, probe);
      const unsupported = skip === undefined ? inability(target, probe) : undefined;
      return { target, probe, ...(skip ? { skip } : {}), ...(unsupported ? { unsupported } : {}) };
    }),
  );
  return { targets, probes, cells };
}
