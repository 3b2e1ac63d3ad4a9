import { constants } from 'node:fs';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { probes } from '../probes/index.ts';
import type { KnownOutcome } from '../proxies/descriptor.ts';
import { type Change, type MeasuredTarget, updateExpectations } from '../proxies/expectations.ts';
import { shownPath } from '../proxies/folder.ts';
import type { Target } from '../proxies/target.ts';
import type { Cell, Report } from '../report/document.ts';
import type { RunFlags } from './options.ts';

/** `fail (idle-cut) in <1.26 over wss`. */
function outcome({ verdict, symptom, versions, transports }: KnownOutcome): string {
  return [
    verdict,
    symptom && `(${symptom.join(' or ')})`,
    versions && `in ${versions}`,
    transports && `over ${transports.join(' and ')}`,
  ]
    .filter(Boolean)
    .join(' ');
}

const told = ({ variant, probe, outcomes }: Change): string =>
  `  ${variant}  ${probe}: ${outcomes.map(outcome).join(', ') || 'holds now'}`;

/** Only what came out the same in each try is known. */
function settled({ verdict, flaky }: Cell): 'pass' | 'fail' | 'warn' | undefined {
  return !flaky && (verdict === 'pass' || verdict === 'fail' || verdict === 'warn') ? verdict : undefined;
}

/** The proxy.yaml of each target of a run, to be brought up to date when it is over. */
export class Expectations {
  /** By file. */
  readonly #targets: ReadonlyMap<string, readonly Target[]>;
  /** Nothing is left out of the preset. */
  readonly #whole: boolean;

  private constructor(targets: ReadonlyMap<string, readonly Target[]>, whole: boolean) {
    this.#targets = targets;
    this.#whole = whole;
  }

  /** @throws UsageError for a target without a proxy.yaml, and for a file that cannot be written: before the run */
  static async of(targets: readonly Target[], flags: RunFlags): Promise<Expectations> {
    if (flags.retries === 0) {
      throw new UsageError('--update-expectations needs --retries: only what happens again is written down.');
    }
    const files = new Map<string, Target[]>();
    for (const target of targets) {
      if (target.folder === undefined) {
        throw new UsageError(
          `--update-expectations: ${target.spec} has no proxy.yaml to write to. Make a folder of it (docs/adding-a-proxy.md).`,
        );
      }
      const file = join(target.folder, 'proxy.yaml');
      files.set(file, [...(files.get(file) ?? []), target]);
    }
    for (const file of files.keys()) {
      await access(file, constants.W_OK).catch((error: Error) => {
        throw new UsageError(`--update-expectations: ${shownPath(file)} cannot be written: ${error.message}.`);
      });
    }
    const { probe, skip, level, preset } = flags;
    return new Expectations(files, !probe && !skip && !level && preset !== 'legacy');
  }

  /**
   * Writes what a report says into each file.
   *
   * @returns what has changed, in lines for whoever watches
   */
  async update(report: Report): Promise<string[]> {
    const lines: string[] = [];
    for (const [file, targets] of this.#targets) {
      const shown = shownPath(file);
      const before = await readFile(file, 'utf8');
      const { text, changes } = updateExpectations(
        before,
        shown,
        { targets: targets.map((target) => this.#measured(target, report)), date: report.run.startedAt.slice(0, 10) },
        probes.map(({ id }) => id),
      );
      if (text !== before) await writeFile(file, text);
      lines.push(`${shown}: ${changes.length > 0 ? 'known outcomes written:' : 'nothing new.'}`, ...changes.map(told));
    }
    return lines;
  }

  #measured({ id, variant, transport, version: asked }: Target, report: Report): MeasuredTarget {
    const { version, failure } = report.targets.find((target) => target.id === id)!;
    const cells = report.cells.filter(({ target }) => target === id);
    // What fails is known from now on; what was not found out is not.
    const open = cells.some(({ verdict }) => verdict === 'blocked' || verdict === 'error');
    return {
      variant,
      transport,
      asked,
      version,
      verdicts: new Map(
        cells.flatMap((cell) => {
          const verdict = settled(cell);
          return verdict ? [[cell.probe, verdict]] : [];
        }),
      ),
      symptoms: new Map(cells.flatMap(({ probe, symptom }) => (symptom === undefined ? [] : [[probe, symptom]]))),
      sound: this.#whole && failure === undefined && !open,
    };
  }
}
