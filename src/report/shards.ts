import type { Report } from './document.ts';

/** One of the runs that a report is made of. */
export type Part = NonNullable<Report['run']['parts']>[number];

/** The runs that a report is made of: itself, unless it was merged. */
export function partsOf({ run }: Pick<Report, 'run'>): readonly Part[] {
  if (run.parts) return run.parts;
  const { startedAt, durationMs, seed, status, command, host, shard } = run;
  return [{ startedAt, durationMs, seed, status, command, host, ...(shard ? { shard } : {}) }];
}

/** The shards that are not there, as `2/4`. */
export function missingShards(parts: readonly Part[]): string[] {
  const there = parts.flatMap(({ shard }) => (shard ? [shard] : []));
  const count = there[0]?.count ?? 0;
  return Array.from({ length: count }, (_, i) => i + 1)
    .filter((index) => !there.some((shard) => shard.index === index))
    .map((index) => `${index}/${count}`);
}

/** What is to be said of a report as a whole, in sentences: what is missing in it, and the notes of its run. */
export function notesOf({ run }: Pick<Report, 'run'>): string[] {
  const parts = partsOf({ run });
  const missing = missingShards(parts);
  const stopped = parts.filter(({ status }) => status === 'partial').length;
  const which =
    parts.length === 1
      ? 'The run was stopped before its end.'
      : `${stopped} of ${parts.length} runs ${stopped === 1 ? 'was stopped before its end' : 'were stopped before their end'}.`;
  return [
    ...(stopped > 0 ? [which] : []),
    ...(missing.length > 0 ? [`Shards are missing: ${missing.join(', ')}.`] : []),
    ...(run.notes ?? []),
  ];
}
