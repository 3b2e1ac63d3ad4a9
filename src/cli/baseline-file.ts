import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseYaml, readYaml } from '../config/yaml.ts';
import { UsageError } from '../errors.ts';
import type { Report } from '../report/document.ts';
import { applyBaseline, type Baseline, type BaselineEntry, baselineFile, type NamedCell } from '../runner/baseline.ts';
import { type BaselineUpdate, updateBaseline } from '../runner/baseline-update.ts';
import { replaceFile } from './replace-file.ts';

export interface BaselineFlags {
  readonly baseline?: string;
  readonly updateBaseline?: true;
}

/** A report and what is to be told about the file that it was judged by. */
export interface JudgedReport {
  readonly report: Report;
  readonly lines: readonly string[];
}

const NOTHING: Baseline = { findings: [] };

const isMissing = async (file: string): Promise<boolean> =>
  access(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );

function told(file: string, { added, removed }: BaselineUpdate): string[] {
  const named = (sign: string) => (entry: BaselineEntry) => `  ${sign} ${entry.probe}  ${entry.target}`;
  if (added.length + removed.length === 0) return [`${file}: nothing new.`];
  return [
    `${file}: brought up to date. Say why what is new is accepted.`,
    ...added.map(named('+')),
    ...removed.map(named('-')),
  ];
}

/** The file of accepted findings that a report is judged by: checked before a run, brought up to date after it. */
export class BaselineFile {
  readonly #file: string;
  readonly #baseline: Baseline;
  readonly #updates: boolean;

  private constructor(file: string, baseline: Baseline, updates: boolean) {
    this.#file = file;
    this.#baseline = baseline;
    this.#updates = updates;
  }

  /**
   * The baseline that the flags name, if they name one.
   *
   * @throws UsageError with the faults of the file, and for one that is to be updated and cannot be written
   */
  static async of(flags: BaselineFlags): Promise<BaselineFile | undefined> {
    const { baseline: file } = flags;
    const updates = flags.updateBaseline ?? false;
    if (file === undefined) {
      if (updates) throw new UsageError('--update-baseline needs --baseline FILE: the file to bring up to date.');
      return undefined;
    }
    // The first update makes the file.
    const made = updates && (await isMissing(file));
    const baseline = made ? NOTHING : (await readYaml(file, baselineFile)).value;
    if (updates) {
      await access(made ? dirname(file) : file, constants.W_OK).catch((error: Error) => {
        throw new UsageError(`--update-baseline: ${file} cannot be written: ${error.message}.`);
      });
    }
    return new BaselineFile(file, baseline, updates);
  }

  /** @param elsewhere the cells of the same matrix that are not in the report, because another shard has them */
  judge(report: Report, elsewhere: readonly NamedCell[] = []): Report {
    return applyBaseline(report, this.#baseline, { elsewhere }).report;
  }

  /**
   * Judges the report that a run ended with. Where an update is asked for the file is written first, and the report is
   * judged by what it says then.
   *
   * @throws UsageError when somebody made the file unreadable meanwhile
   */
  async conclude(report: Report, elsewhere: readonly NamedCell[] = []): Promise<JudgedReport> {
    // What a run that was stopped has found may be a part of the truth.
    const partial = report.run.status !== 'complete';
    if (!this.#updates || partial) {
      const lines = this.#updates ? [`${this.#file}: left as it is: the report is not complete.`] : [];
      return { report: this.judge(report, elsewhere), lines };
    }
    // Read again: somebody may have written a reason while it ran.
    const before = (await isMissing(this.#file)) ? '' : await readFile(this.#file, 'utf8');
    const read = (text: string): Baseline =>
      text.trim() === '' ? NOTHING : parseYaml(text, this.#file, baselineFile).value;
    const update = updateBaseline(before, applyBaseline(report, read(before), { elsewhere }));
    if (update.text !== before) await replaceFile(this.#file, update.text);
    return {
      report: applyBaseline(report, read(update.text), { elsewhere }).report,
      lines: told(this.#file, update),
    };
  }
}
