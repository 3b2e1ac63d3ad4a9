import type { Probe } from '../probes/probe.ts';
import { specUrl } from '../probes/spec.ts';
import type { RunningTarget, Target } from '../proxies/target.ts';
import { type Report, type ReportedTarget, SCHEMA_VERSION, summarize } from '../report/document.ts';
import { type ReportedCell, unrunCell } from './cell.ts';
import type { Plan } from './plan.ts';
import type { Shard } from './shard.ts';

export interface LedgerOptions {
  readonly plan: Plan;
  readonly seed: number;
  readonly toolVersion: string;
  /** The command line, for whoever finds the report. */
  readonly command: string;
  /** Which part of the matrix the plan is. */
  readonly shard?: Shard;
}

export const cellKey = (target: Target, probe: Probe): string => `${target.id} ${probe.id}`;

/** What a run has found so far. A report can be drawn at any time: a run that is killed leaves the last one. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #started = new Date();
  readonly #cells = new Map<string, ReportedCell>();
  readonly #targets = new Map<string, Partial<ReportedTarget>>();
  readonly #logs = new Map<string, string>();

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  enter(target: Target, probe: Probe, reported: ReportedCell): void {
    this.#cells.set(cellKey(target, probe), reported);
  }

  get(target: Target, probe: Probe): ReportedCell | undefined {
    return this.#cells.get(cellKey(target, probe));
  }

  started(target: Target, { version, image, digest }: RunningTarget): void {
    const known = { version, image, digest };
    const said = Object.entries(known).filter(([, value]) => value !== undefined);
    this.#targets.set(target.id, { ...this.#targets.get(target.id), ...Object.fromEntries(said) });
  }

  failed(target: Target, failure: string): void {
    this.#targets.set(target.id, { ...this.#targets.get(target.id), failure });
  }

  log(target: Target, log: string): void {
    if (log !== '') this.#logs.set(target.id, log);
  }

  /** The document as it stands. Cells that have no result yet are told apart by their summary. */
  report(status: Report['run']['status']): Report {
    const { plan, seed, toolVersion, command, shard } = this.#options;
    const entries = plan.cells.map(({ target, probe }) => {
      const waiting = () => unrunCell(target, probe, 'skip', 'the run was stopped before it');
      return [cellKey(target, probe), this.get(target, probe) ?? waiting()] as const;
    });
    const cells = entries.map(([, { cell }]) => cell);
    return {
      schemaVersion: SCHEMA_VERSION,
      tool: { name: 'wsproof', version: toolVersion },
      targets: plan.targets.map((target) => {
        const { id, proxy, version, variant, transport, config } = target;
        const asked = version === undefined ? {} : { version };
        return { id, proxy, ...asked, variant, transport, config: [...config], ...this.#targets.get(id) };
      }),
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
          entries
            .filter(([, { attempts }]) => attempts > 0)
            .map(([key, { durationMs, attempts, timeline }]) => [
              key,
              { durationMs, attempts, ...(timeline ? { timeline } : {}) },
            ]),
        ),
        logs: Object.fromEntries(this.#logs),
      },
    };
  }
}
