import {
  type Cell,
  cellKey,
  type Report,
  type StreamEntry,
  streamEntrySchema,
  summarize,
  unreached,
} from './document.ts';
import { parseJson, parseWith, requireVersion, UnreadableReport } from './read.ts';

/** What a stream begins with, and no document. */
export const STREAM_SIGNATURE = /^\{"begin":/;

/** What each line adds to what is known. */
class Sum {
  readonly #begin: Report;
  readonly #targets: Map<string, Report['targets'][number]>;
  readonly #cells = new Map<string, Cell>();
  readonly #trials = new Map<string, Report['run']['cells'][string]>();
  readonly #logs = new Map<string, string>();
  #end: { status: 'complete' | 'partial'; durationMs: number } | undefined;

  constructor(begin: Report) {
    this.#begin = begin;
    this.#targets = new Map(begin.targets.map((target) => [target.id, target]));
  }

  add(entry: StreamEntry): void {
    if ('target' in entry) this.#targets.set(entry.target.id, entry.target);
    else if ('cell' in entry) {
      const key = cellKey(entry.cell);
      this.#cells.set(key, entry.cell);
      if (entry.trial) this.#trials.set(key, entry.trial);
      else this.#trials.delete(key);
    } else if ('log' in entry) this.#logs.set(entry.log.target, entry.log.text);
    else if ('end' in entry) this.#end = entry.end;
    else throw new UnreadableReport('a run begins in it a second time');
  }

  /** The document in the order of the plan, whatever came first. */
  report(): Report {
    const { probes, run } = this.#begin;
    const cells = this.#begin.targets.flatMap(({ id: target }) =>
      probes.map(({ id: probe }) => this.#cells.get(cellKey({ target, probe })) ?? unreached(target, probe)),
    );
    const trials = cells.flatMap((cell) => {
      const trial = this.#trials.get(cellKey(cell));
      return trial ? [[cellKey(cell), trial] as const] : [];
    });
    return {
      ...this.#begin,
      targets: [...this.#targets.values()],
      cells,
      summary: summarize(cells),
      run: { ...run, ...this.#end, cells: Object.fromEntries(trials), logs: Object.fromEntries(this.#logs) },
    };
  }
}

/**
 * Reads the stream of a run, wherever the run has ended: when it was killed the report is partial, and what is not whole
 * at the end of the file is left out.
 *
 * @throws UnreadableReport when it ends before its first line does, or has a line that is none of a stream
 */
export function readStream(text: string): Report {
  const lines = text.split('\n');
  // A line is there when its end is: the last piece is what a process was writing when it was killed, or nothing.
  lines.pop();
  if (lines.length === 0) throw new UnreadableReport('it ends in its first line: the run was killed as it began');
  let sum: Sum | undefined;
  for (const [i, line] of lines.entries()) {
    try {
      const given = parseJson(line);
      if (!sum) requireVersion((given as { begin?: unknown }).begin);
      const entry = parseWith(given, streamEntrySchema);
      if (sum) sum.add(entry);
      else if ('begin' in entry) sum = new Sum(entry.begin);
    } catch (error) {
      if (error instanceof UnreadableReport) throw new UnreadableReport(`line ${i + 1}: ${error.message}`);
      throw error;
    }
  }
  return sum!.report();
}
