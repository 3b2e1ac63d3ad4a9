import { suggestion, UsageError } from '../errors.ts';
import type { Probe } from '../probes/probe.ts';
import { globMatches, type Selection } from '../runner/plan.ts';
import type { RunFlags } from './options.ts';

/** The id that somebody meant who wrote a group, or the last part of an id, or mistyped one. */
function nearest(glob: string, ids: readonly string[]): string {
  if (ids.some((id) => id.startsWith(`${glob}/`))) return ` Did you mean "${glob}/*"?`;
  const tail = ids.find((id) => id.endsWith(`/${glob}`));
  return tail ? ` Did you mean "${tail}"?` : suggestion(glob, ids);
}

function requireMatches(flag: string, globs: readonly string[] | undefined, ids: readonly string[]): void {
  const lost = globs?.find((glob) => !ids.some((id) => globMatches(glob, id)));
  if (lost === undefined) return;
  throw new UsageError(
    `${flag}: no probe matches "${lost}".${nearest(lost, ids)} \`wsproof list probes\` names them all.`,
  );
}

/**
 * What the flags select of the catalog.
 *
 * @throws UsageError when one of them matches nothing: a mistyped id must not make a run smaller
 */
export function selectionOf(flags: RunFlags, catalog: readonly Probe[]): Selection {
  const { probe, skip, level, preset } = flags;
  const ids = catalog.map(({ id }) => id);
  requireMatches('--probe', probe, ids);
  requireMatches('--skip', skip, ids);
  return { preset, ...(probe ? { probe } : {}), ...(skip ? { skip } : {}), ...(level ? { levels: level } : {}) };
}
