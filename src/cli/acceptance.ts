import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Report } from '../report/document.ts';
import {
  applyBaseline,
  type Baseline,
  type BaselineEntry,
  baselineFile,
  type Judged,
  type NamedCell,
} from '../runner/baseline.ts';
import { type BaselineUpdate, updateBaseline } from '../runner/baseline-update.ts';
import { parseYaml, readYaml } from '../yaml/yaml.ts';
import { replaceFile } from './replace-file.ts';

export interface AcceptanceFlags {
  readonly baseline?: string;
  readonly updateBaseline?: true;
  /** Those of the configuration file. */
  readonly expectations?: readonly BaselineEntry[];
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

/**
 * The findings that are accepted: those that the configuration expects, and those of the baseline, which is checked
 * before a run and brought up to date after it.
 */
export class Acceptance {
  readonly #file: string | undefined;
  readonly #baseline: Baseline;
  readonly #updates: boolean;
  readonly #expectations: readonly BaselineEntry[];

  private constructor(flags: AcceptanceFlags, baseline: Baseline) {
    this.#file = flags.baseline;
    this.#baseline = baseline;
    this.#updates = flags.updateBaseline ?? false;
    this.#expectations = flags.expectations ?? [];
  }

  /** @throws UsageError with the faults of the baseline, and for one that is to be updated and cannot be written */
  static async of(flags: AcceptanceFlags): Promise<Acceptance> {
    const { baseline: file, updateBaseline: updates = false } = flags;
    if (file === undefined) {
      if (updates) throw new UsageError('--update-baseline needs --baseline FILE: the file to bring up to date.');
      return new Acceptance(flags, NOTHING);
    }
    // The first update makes the file.
    const made = updates && (await isMissing(file));
    const baseline = made ? NOTHING : (await readYaml(file, baselineFile)).value;
    if (updates) {
      await access(made ? dirname(file) : file, constants.W_OK).catch((error: Error) => {
        throw new UsageError(`--update-baseline: ${file} cannot be written: ${error.message}.`);
      });
    }
    return new Acceptance(flags, baseline);
  }

  /** @param elsewhere the cells of the same matrix that are not in the report, because another shard has them */
  judge(report: Report, elsewhere: readonly NamedCell[] = []): Report {
    return this.#judged(report, this.#baseline, elsewhere).report;
  }

  #judged(report: Report, baseline: Baseline, elsewhere: readonly NamedCell[]): Judged {
    const findings = [...this.#expectations];
    const expected = applyBaseline(report, { findings }, { elsewhere, name: 'expectation' });
    return applyBaseline(expected.report, baseline, { elsewhere });
  }

  /**
   * Judges the report that a run ended with. Where an update is asked for the file is written first, and the report is
   * judged by what it says then.
   *
   * @throws UsageError when somebody made the file unreadable meanwhile
   */
  async conclude(report: Report, elsewhere: readonly NamedCell[] = []): Promise<JudgedReport> {
    const file = this.#file;
    if (!this.#updates || file === undefined) return { report: this.judge(report, elsewhere), lines: [] };
    // What a run that was stopped has found may be a part of the truth.
    if (report.run.status !== 'complete') {
      const lines = [`${file}: left as it is: the report is not complete.`];
      return { report: this.judge(report, elsewhere), lines };
    }
    // Read again: somebody may have written a reason while it ran.
    const before = (await isMissing(file)) ? '' : await readFile(file, 'utf8');
    const read = (text: string): Baseline => (text.trim() === '' ? NOTHING : parseYaml(text, file, baselineFile).value);
    const update = updateBaseline(before, this.#judged(report, read(before), elsewhere));
    if (update.text !== before) await replaceFile(file, update.text);
    return { report: this.#judged(report, read(update.text), elsewhere).report, lines: told(file, update) };
  }
}
