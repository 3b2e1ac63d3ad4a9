import { UsageError } from '../errors.ts';
import { type Report, type ReportedTarget, summarize } from './document.ts';
import { missingShards, type Part, partsOf } from './shards.ts';

/** A report and what to call it in a message: its file. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/** What must be the same for reports to be of one matrix. */
function requireSameCatalog(first: NamedReport, other: NamedReport): void {
  const differs = (what: string): never => {
    throw new UsageError(
      `${first.name} and ${other.name} cannot be merged: ${what}. Merge reports of one version of wsproof, run with the same probes.`,
    );
  };
  const [a, b] = [first.report, other.report];
  if (a.schemaVersion !== b.schemaVersion)
    differs(`their schema versions are ${a.schemaVersion} and ${b.schemaVersion}`);
  if (a.tool.version !== b.tool.version) differs(`they are of wsproof ${a.tool.version} and ${b.tool.version}`);
  const [inA, inB] = [a, b].map(({ probes }) => new Map(probes.map((probe) => [probe.id, JSON.stringify(probe)])));
  const lone = [...inA!.keys()].find((id) => !inB!.has(id)) ?? [...inB!.keys()].find((id) => !inA!.has(id));
  if (lone !== undefined) differs(`only one of them has the probe ${lone}`);
  const changed = [...inA!.keys()].find((id) => inA!.get(id) !== inB!.get(id));
  if (changed !== undefined) differs(`the probe ${changed} is not the same in both`);
}

/** The targets of all, each once. One that is in several reports (each with some of its probes) must be the same in all. */
function targetsOf(reports: readonly NamedReport[]): ReportedTarget[] {
  const seen = new Map<string, { name: string; target: ReportedTarget }>();
  for (const { name, report } of reports) {
    for (const target of report.targets) {
      const before = seen.get(target.id);
      if (!before) seen.set(target.id, { name, target });
      else if (JSON.stringify(before.target) !== JSON.stringify(target)) {
        throw new UsageError(
          `${target.id} is another one in ${before.name} than in ${name} (version, image or configuration): they cannot be merged.`,
        );
      }
    }
  }
  return [...seen.values()].map(({ target }) => target);
}

function cellsOf(reports: readonly NamedReport[]): Report['cells'] {
  const seen = new Map<string, string>();
  for (const { name, report } of reports) {
    for (const { target, probe } of report.cells) {
      const key = JSON.stringify([target, probe]);
      const before = seen.get(key);
      if (before !== undefined) {
        throw new UsageError(
          `${probe} at ${target} is in ${before} and in ${name}: give each report once, and shards of one run.`,
        );
      }
      seen.set(key, name);
    }
  }
  return reports.flatMap(({ report }) => report.cells);
}

/** @throws UsageError when the reports are of plans that were cut into different numbers of shards */
function requireOneCut(parts: readonly Part[]): void {
  const counts = new Set(parts.flatMap(({ shard }) => (shard ? [shard.count] : [])));
  if (counts.size > 1) {
    throw new UsageError(`These are shards of different runs: they are cut into ${[...counts].join(' and ')}.`);
  }
}

/** From the first start to the last end. */
function spanOf(parts: readonly Part[]): { startedAt: string; durationMs: number } {
  const starts = parts.map(({ startedAt }) => Date.parse(startedAt) || 0);
  const start = Math.min(...starts);
  const end = Math.max(...parts.map(({ durationMs }, i) => starts[i]! + durationMs));
  return { startedAt: parts[starts.indexOf(start)]!.startedAt, durationMs: end - start };
}

/**
 * Reports of one matrix as one: of the shards of a run, or of runs of different targets. While a shard is missing the
 * result is partial, and its notes name it.
 *
 * @throws UsageError when they are not of one matrix: another schema, version or catalog, a cell that is in two of them
 */
export function merge(reports: readonly NamedReport[]): Report {
  const [first, ...others] = reports;
  if (!first) throw new UsageError('There is no report to merge.');
  if (others.length === 0 && !first.report.run.shard) return first.report;
  for (const other of others) requireSameCatalog(first, other);
  const sorted = reports.toSorted((a, b) => (a.report.run.shard?.index ?? 0) - (b.report.run.shard?.index ?? 0));
  const all = sorted.map(({ report }) => report);
  const cells = cellsOf(sorted);
  const parts = all.flatMap(partsOf);
  requireOneCut(parts);
  const notes = [...new Set(all.flatMap(({ run }) => run.notes ?? []))];
  const { seed, command, host } = parts[0]!;
  const complete = missingShards(parts).length === 0 && parts.every(({ status }) => status === 'complete');
  return {
    schemaVersion: first.report.schemaVersion,
    tool: first.report.tool,
    targets: targetsOf(sorted),
    probes: first.report.probes,
    cells,
    summary: summarize(cells),
    run: {
      ...spanOf(parts),
      seed,
      status: complete ? 'complete' : 'partial',
      command,
      host,
      parts,
      ...(notes.length > 0 ? { notes } : {}),
      cells: Object.fromEntries(all.flatMap(({ run }) => Object.entries(run.cells))),
      logs: Object.fromEntries(all.flatMap(({ run }) => Object.entries(run.logs))),
    },
  };
}
