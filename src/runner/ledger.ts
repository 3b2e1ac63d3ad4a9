import type { Probe } from '../probes/probe.ts';
import { specUrl } from '../probes/spec.ts';
import type { RunningTarget, Target } from '../proxies/target.ts';
import {
  cellKey,
  type Report,
  type ReportedTarget,
  SCHEMA_VERSION,
  type StreamEntry,
  summarize,
  unreached,
} from '../report/document.ts';
import type { ReportedCell } from './cell.ts';
import type { Plan } from './plan.ts';
import type { Shard } from './shard.ts';

/** What a report says of its run from the beginning on. */
export interface LedgerOptions {
  readonly plan: Plan;
  readonly seed: number;
  readonly toolVersion: string;
  /** The command line, for whoever finds the report. */
  readonly command: string;
  /** Which part of the matrix the plan is. */
  readonly shard?: Shard;
  /** Is told all that is learned, as it is learned: the document again, in pieces. */
  readonly record?: (entry: StreamEntry) => void;
}

const keyOf = (target: Target, probe: Probe): string => cellKey({ target: target.id, probe: probe.id });

/** What a run has found so far. A report can be drawn at any time: a run that is killed leaves the last one. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #started = new Date();
  readonly #cells = new Map<string, ReportedCell>();
  readonly #targets = new Map<string, Partial<ReportedTarget>>();
  readonly #logs = new Map<string, string>();

  constructor(options: LedgerOptions) {
    this.#options = options;
    const begin = this.report('partial');
    this.#record({ begin: { ...begin, cells: [], summary: summarize([]) } });
  }

  #record(entry: StreamEntry): void {
    this.#options.record?.(entry);
  }

  enter(target: Target, probe: Probe, reported: ReportedCell): void {
    this.#cells.set(keyOf(target, probe), reported);
    const { cell, ...trial } = reported;
    this.#record(trial.attempts > 0 ? { cell, trial } : { cell });
  }

  get(target: Target, probe: Probe): ReportedCell | undefined {
    return this.#cells.get(keyOf(target, probe));
  }

  started(target: Target, { version, image, digest, endpoint, loadBalancers = [] }: RunningTarget): void {
    const { transport } = endpoint;
    const recognized = loadBalancers.map(({ title, sign, page }) => ({ title, sign, page }));
    const known = { version, image, digest, transport, loadBalancers: recognized.length > 0 ? recognized : undefined };
    const said = Object.entries(known).filter(([, value]) => value !== undefined);
    this.#learn(target, Object.fromEntries(said));
  }

  failed(target: Target, failure: string): void {
    this.#learn(target, { failure });
  }

  /** What whoever reads the results should know, beside what the target says of itself. */
  note(target: Target, note: string): void {
    this.#learn(target, { notes: [...(this.#described(target).notes ?? []), note] });
  }

  #learn(target: Target, facts: Partial<ReportedTarget>): void {
    this.#targets.set(target.id, { ...this.#targets.get(target.id), ...facts });
    this.#record({ target: this.#described(target) });
  }

  log(target: Target, text: string): void {
    if (text === '') return;
    this.#logs.set(target.id, text);
    this.#record({ log: { target: target.id, text } });
  }

  #described({ id, proxy, version, variant, transport, config, notes = [] }: Target): ReportedTarget {
    const asked = version === undefined ? {} : { version };
    const said = notes.length === 0 ? {} : { notes: [...notes] };
    return { id, proxy, ...asked, variant, transport, config: [...config], ...said, ...this.#targets.get(id) };
  }

  /** The document at the end of the run: nothing comes after it. */
  conclude(status: Report['run']['status']): Report {
    const report = this.report(status);
    this.#record({ end: { status, durationMs: report.run.durationMs } });
    return report;
  }

  /** The document as it stands. Cells that have no result yet are told apart by their summary. */
  report(status: Report['run']['status']): Report {
    const { plan, seed, toolVersion, command, shard } = this.#options;
    const entries = plan.cells.map(({ target, probe }) => {
      const reported = this.get(target, probe) ?? { cell: unreached(target.id, probe.id), durationMs: 0, attempts: 0 };
      return [keyOf(target, probe), reported] as const;
    });
    const cells = entries.map(([, { cell }]) => cell);
    return {
      schemaVersion: SCHEMA_VERSION,
      tool: { name: 'wsproof', version: toolVersion },
      targets: plan.targets.map((target) => this.#described(target)),
      probes: plan.probes.map(({ id, title, failure, level, spec, why }) => ({
        id,
        title,
        failure,
        level,
        spec: spec.map((ref) => ({ ref, url: specUrl(ref) })),
        why,
      })),
      cells,
      summary: summarize(cells),
      run: {
        startedAt: this.#started.toISOString(),
        durationMs: Date.now() - this.#started.getTime(),
        seed,
        status,
        command,
        host: { node: process.version, platform: `${process.platform}-${process.arch}` },
        ...(shard ? { shard: { ...shard } } : {}),
        cells: Object.fromEntries(
          entries.filter(([, { attempts }]) => attempts > 0).map(([key, { cell: _, ...trial }]) => [key, trial]),
        ),
        logs: Object.fromEntries(this.#logs),
      },
    };
  }
}
