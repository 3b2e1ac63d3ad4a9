import { z } from 'zod';
import { inRange, isRange } from '../proxies/versions.ts';
import { type Cell, isBroken, type Report, type ReportedTarget } from '../report/document.ts';
import { globMatches } from './plan.ts';
import { isKnownBy } from './verdict.ts';

const glob = z.string().min(1);

/** A finding that is accepted. */
export const baselineEntry = z.strictObject({
  target: glob.meta({ description: 'The id of a target; * stands for anything.' }),
  probe: glob.meta({ description: 'The id of a probe; * stands for anything.' }),
  verdict: z
    .enum(['fail', 'warn'])
    .optional()
    .meta({ description: 'The worst that is accepted. Default: fail, which accepts both.' }),
  symptom: glob.optional().meta({ description: 'What it is known by; another symptom is a finding. Default: any.' }),
  versions: z
    .string()
    .refine(isRange, 'a version range such as "<1.29.7" or ">=2.4 <3"')
    .optional()
    .meta({ description: 'Of the proxy that really runs. Default: all.' }),
  reason: z.string().trim().min(1).meta({ description: 'Why it is accepted.' }),
  link: z.url().optional().meta({ description: 'Where it is followed up.' }),
  expires: z.iso.date().optional().meta({ description: 'The last day on which it is accepted: 2027-01-31.' }),
});

/** The contents of a baseline file: findings that are accepted, each with its reason. */
export const baselineFile = z
  .strictObject({ findings: z.array(baselineEntry) })
  .meta({ title: 'A baseline of wsproof', description: 'Findings that are accepted, each with its reason.' });

/** A baseline as it is read. */
export type Baseline = z.infer<typeof baselineFile>;
export type BaselineEntry = Baseline['findings'][number];

/**
 * What has become of an entry.
 *
 * `known`: what it accepts happens. `gone`: it does not happen any more. `worse`: it fails where a warning is accepted.
 * `other`: it happens, and shows another symptom.
 * `unjudged`: its cells have no verdict. `unmatched`: there is no such cell. `expired`: it accepts nothing any more.
 */
export type EntryState = 'known' | 'gone' | 'worse' | 'other' | 'unjudged' | 'unmatched' | 'expired';

/** An entry of a baseline, and what has become of it. */
export interface JudgedEntry {
  readonly entry: BaselineEntry;
  readonly state: EntryState;
}

/** A report beside a baseline. */
export interface Judged {
  /** The report with what is accepted marked as known, what passes against expectation as fixed, and notes of the rest. */
  readonly report: Report;
  /** Every entry of the baseline, in its order. */
  readonly entries: readonly JudgedEntry[];
  /** Findings that no entry accepts, and that the proxy's own list does not expect. */
  readonly fresh: readonly Cell[];
}

/** A cell that is to be, by its names. */
export interface NamedCell {
  readonly target: string;
  readonly probe: string;
}

const isExpired = ({ expires }: BaselineEntry, today: string): boolean => expires !== undefined && expires < today;
const isAsBad = ({ verdict }: BaselineEntry, cell: Cell): boolean => cell.verdict === 'warn' || verdict !== 'warn';
const accepts = (entry: BaselineEntry, cell: Cell): boolean =>
  isAsBad(entry, cell) && isKnownBy(entry.symptom === undefined ? {} : { symptom: [entry.symptom] }, cell.symptom);

const names = ({ target, probe }: BaselineEntry, cell: NamedCell): boolean =>
  globMatches(target, cell.target) && globMatches(probe, cell.probe);

/** The cells that an entry is about. Ids are compared once each, not cell by cell: a matrix may have very many. */
function concernedBy({ target: glob, probe, versions }: BaselineEntry, { targets, probes, cells }: Report): Cell[] {
  const isMeant = ({ id, version }: ReportedTarget): boolean =>
    globMatches(glob, id) && (versions === undefined || (version !== undefined && inRange(version, versions)));
  const mine = new Set(targets.filter(isMeant).map(({ id }) => id));
  const checks = new Set(probes.filter(({ id }) => globMatches(probe, id)).map(({ id }) => id));
  if (mine.size === 0 || checks.size === 0) return [];
  return cells.filter((cell) => mine.has(cell.target) && checks.has(cell.probe));
}

function stateOf(entry: BaselineEntry, cells: readonly Cell[], today: string): EntryState {
  if (isExpired(entry, today)) return 'expired';
  if (cells.length === 0) return 'unmatched';
  if (cells.some((cell) => isBroken(cell) && accepts(entry, cell))) return 'known';
  if (cells.some((cell) => isBroken(cell) && isAsBad(entry, cell))) return 'other';
  if (cells.some(isBroken)) return 'worse';
  return cells.some(({ verdict }) => verdict === 'pass') ? 'gone' : 'unjudged';
}

/** What somebody who keeps the baseline should know of an entry, as a sentence. */
function noteOf({ entry, state }: JudgedEntry, what: string): string | undefined {
  const name = `The ${what} for ${entry.probe} at ${entry.target}`;
  switch (state) {
    case 'gone':
      return `${name} is stale: what it accepts does not happen any more.`;
    case 'worse':
      return `${name} accepts a warning, and it fails now.`;
    case 'other':
      return `${name} is about ${entry.symptom}, and it fails for another cause now.`;
    case 'unmatched':
      return `${name} matches no cell of this report.`;
    case 'expired':
      return `${name} expired on ${entry.expires}: its findings count again.`;
    case 'known':
    case 'unjudged':
      return undefined;
  }
}

/** A cell as the first entry has it that has something to say about it. */
function judgedCell(cell: Cell, judged: readonly JudgedEntry[]): Cell {
  const entry = judged.find(({ entry: one, state }) =>
    // Where some of what an entry stands for happens, the rest of it is not gone: it never was there.
    isBroken(cell) ? state !== 'expired' && accepts(one, cell) : state === 'gone',
  )?.entry;
  if (!entry) return cell;
  const because = entry.link === undefined ? entry.reason : `${entry.reason} (${entry.link})`;
  const { change: _, ...rest } = cell;
  if (isBroken(cell) && !cell.known) return { ...rest, known: true, because };
  if (cell.verdict === 'pass' && cell.change === undefined) return { ...cell, change: 'fixed', because };
  return cell;
}

/** What a report cannot say about itself. */
export interface BaselineOptions {
  /** `YYYY-MM-DD`, to compare the days of expiry with. Default: the day of the run. */
  readonly today?: string;
  /** Cells of the same matrix that another shard has: whether an entry that is about them is stale is not known here. */
  readonly elsewhere?: readonly NamedCell[];
  /** What an entry is called in a note. Default: baseline entry. */
  readonly name?: string;
}

/** Judges a report by a baseline. Pure. */
export function applyBaseline(report: Report, { findings }: Baseline, options: BaselineOptions = {}): Judged {
  const { today = report.run.startedAt.slice(0, 10), elsewhere = [], name = 'baseline entry' } = options;
  const about = new Map<Cell, JudgedEntry[]>();
  const entries = findings.map((entry): JudgedEntry => {
    const concerned = concernedBy(entry, report);
    const state = stateOf(entry, concerned, today);
    const open = (state === 'gone' || state === 'unmatched') && elsewhere.some((cell) => names(entry, cell));
    const judged: JudgedEntry = { entry, state: open ? 'unjudged' : state };
    for (const cell of concerned) about.set(cell, [...(about.get(cell) ?? []), judged]);
    return judged;
  });
  const cells = report.cells.map((cell) => judgedCell(cell, about.get(cell) ?? []));
  // A report that was judged before has said some of it already.
  const notes = [...new Set([...(report.run.notes ?? []), ...entries.flatMap((judged) => noteOf(judged, name) ?? [])])];
  return {
    report: { ...report, cells, run: { ...report.run, ...(notes.length > 0 ? { notes } : {}) } },
    entries,
    fresh: cells.filter((cell) => isBroken(cell) && !cell.known),
  };
}
