import { setTimeout as delay } from 'node:timers/promises';
import type { Presumption } from '../diagnosis/symptom.ts';
import { symptoms } from '../diagnosis/symptoms.ts';
import { EnvironmentError } from '../errors.ts';
import type { Probe } from '../probes/probe.ts';
import type { Target } from '../proxies/target.ts';
import { type Cell, isBroken } from '../report/document.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { type ReportedCell, unrunCell } from './cell.ts';
import { disclosureOfLog } from './disclosure-of-target.ts';
import type { RunEvent } from './event.ts';
import { Gate } from './gate.ts';
import { INABILITY, type PlannedCell } from './plan.ts';
import { Subject } from './subject.ts';
import { Tries, type TryOptions } from './tries.ts';
import { turnsOf } from './turns.ts';

/** Probes of one target that have work to do at the same time; those that only wait cost nothing, so it is generous. */
const AT_ONCE = 32;
/** ms in which probes that wait get to where they only wait; the others keep this process busy then. */
const HEAD_START = 200;

type Enter = (probe: Probe, reported: ReportedCell) => ReportedCell;

/** What one target of a run is probed with. */
export interface TargetRun extends TryOptions {
  readonly cells: readonly PlannedCell[];
  /** Makes sure of the far end before anything else is asked of it. @throws EnvironmentError */
  readonly prove?: (endpoint: Endpoint) => Promise<void>;
  readonly watch: (event: RunEvent) => void;
}

/** @throws EnvironmentError when it cannot be brought up, or leads elsewhere than it should; then nothing is left of it */
async function bringUp(target: Target, { surroundings, prove }: TargetRun): Promise<Subject> {
  const subject = await Subject.start(target, surroundings);
  try {
    await prove?.(subject.running.endpoint);
    return subject;
  } catch (error) {
    await subject.stop();
    throw error;
  }
}

/** One target of a run: start, all of its probes, stop. What goes wrong with it is told in its cells. */
export async function probeTarget(target: Target, options: TargetRun): Promise<void> {
  const { cells, surroundings, ledger, watch } = options;
  const enter: Enter = (probe, reported) => {
    ledger.enter(target, probe, reported);
    watch({ kind: 'cell', target, cell: reported.cell });
    return reported;
  };
  const toRun: Probe[] = [];
  for (const { probe, skip, unsupported } of cells) {
    if (skip !== undefined) enter(probe, unrunCell(target, probe, 'skip', skip));
    else if (unsupported !== undefined) enter(probe, unrunCell(target, probe, 'unsupported', unsupported));
    else toRun.push(probe);
  }

  watch({ kind: 'starting', target, progress: 'starts' });
  let subject: Subject;
  try {
    subject = await bringUp(target, options);
  } catch (error) {
    if (surroundings.signal.aborted) return;
    if (!(error instanceof EnvironmentError)) throw error;
    ledger.failed(target, error.message);
    ledger.log(target, error.log ?? '');
    watch({ kind: 'failed', target, error });
    for (const probe of toRun)
      enter(probe, unrunCell(target, probe, 'error', `the target could not be probed: ${error.message}`));
    return;
  }
  try {
    ledger.started(target, subject.running);
    watch({ kind: 'ready', target });
    await new TargetProbing(target, subject, options, toRun, enter).all();
    watch({ kind: 'done', target });
  } finally {
    await subject.stop();
  }
}

/** The probes of one target: in which order they run, and which of them depends on which. */
class TargetProbing {
  readonly #target: Target;
  readonly #subject: Subject;
  readonly #options: TargetRun;
  readonly #probes: readonly Probe[];
  readonly #enter: Enter;
  readonly #tries: Tries;
  readonly #gate = new Gate(AT_ONCE);
  /** Probes whose findings wait for that of another one, which may explain them. */
  readonly #asks = new Map<string, Probe>();
  readonly #results = new Map<string, Promise<ReportedCell | undefined>>();

  constructor(target: Target, subject: Subject, options: TargetRun, probes: readonly Probe[], enter: Enter) {
    this.#target = target;
    this.#subject = subject;
    this.#options = options;
    this.#probes = probes;
    this.#enter = enter;
    this.#tries = new Tries(target, subject, options);
  }

  async all(): Promise<void> {
    for (const turn of turnsOf(this.#probes)) await this.#takeTurn(turn);
    const wrong = [...this.#results.values()].map(async (result) =>
      ['fail', 'error', 'warn'].includes((await result)?.cell.verdict ?? ''),
    );
    const { ledger, showSecrets } = this.#options;
    const { diedOf } = this.#subject;
    if (diedOf !== undefined && !this.#tries.endedProxy) {
      // Somebody else may have ended it; what was found is sound, and yet this is for somebody to look into.
      ledger.failed(this.#target, `the proxy was gone once (${diedOf}), and no probe could do that again`);
    }
    if (diedOf === undefined && !(await Promise.all(wrong)).includes(true)) return;
    ledger.log(this.#target, disclosureOfLog(this.#subject.running, showSecrets).text(await this.#subject.log()));
  }

  async #takeTurn(turn: readonly Probe[]): Promise<void> {
    const waiting = turn.filter(({ waits }) => waits);
    const others = turn.filter(({ waits }) => !waits);
    const results = waiting.map((probe) => this.#result(probe));
    if (waiting.length > 0 && others.length > 0) await delay(HEAD_START);
    await Promise.all([...results, ...others.map((probe) => this.#result(probe))]);
  }

  /** The cell of a probe: it is run when somebody first asks for it. Undefined when the run was stopped meanwhile. */
  #result(probe: Probe): Promise<ReportedCell | undefined> {
    const known = this.#results.get(probe.id);
    if (known) return known;
    const result = this.#find(probe);
    this.#results.set(probe.id, result);
    return result;
  }

  async #find(probe: Probe): Promise<ReportedCell | undefined> {
    const unable = probe.requires?.find((capability) => !this.#tries.isAble(capability));
    if (unable) return this.#enter(probe, unrunCell(this.#target, probe, 'unsupported', INABILITY[unable]));
    for (const need of probe.needs ?? []) {
      const needed = this.#probes.find(({ id }) => id === need);
      if (!needed) continue;
      const cell = (await this.#result(needed))?.cell;
      if (cell === undefined) return undefined;
      const { verdict, summary } = cell;
      if (verdict === 'pass' || verdict === 'info') continue;
      const said = { fail: 'failed', warn: 'did not hold', error: 'is inconclusive' }[verdict as string] ?? verdict;
      // What is blocked itself says on what: that is where to look.
      const why = verdict === 'blocked' ? summary : `it needs ${need}, which ${said}`;
      return this.#enter(probe, unrunCell(this.#target, probe, 'blocked', why));
    }
    const found = await this.#gate.through(() => this.#tries.cellOf(probe));
    const reported = found === 'proxy died' ? await this.#gate.alone(() => this.#tries.cellOfAlone(probe)) : found;
    return reported && this.#settle(probe, reported);
  }

  /** Enters what was found, unless it is a special case of something that did not hold either. */
  async #settle(probe: Probe, reported: ReportedCell): Promise<ReportedCell | undefined> {
    for (const { probe: presumed, symptom } of this.#presumed(probe, reported.cell)) {
      // It is the news itself.
      if (presumed === probe.id) break;
      const general = this.#probes.find(({ id }) => id === presumed);
      // What waits for it is not for it to wait for.
      if (!general || this.#waits(general, probe)) continue;
      this.#asks.set(probe.id, general);
      const cell = (await this.#result(general))?.cell;
      this.#asks.delete(probe.id);
      if (!cell || !isBroken(cell) || (symptom !== undefined && cell.symptom !== symptom)) continue;
      const why = `it presumes ${presumed}, which ${cell.verdict === 'fail' ? 'failed' : 'did not hold'}`;
      const { cell: blocked } = unrunCell(this.#target, probe, 'blocked', why);
      // It was run, and what it has measured is true whoever's news it is.
      const { measured } = reported.cell;
      return this.#enter(probe, { ...reported, cell: { ...blocked, ...(measured ? { measured } : {}) } });
    }
    return this.#enter(probe, reported);
  }

  /** The probes of which a finding may be a special case. */
  #presumed(probe: Probe, { verdict, flaky, symptom }: Cell): Presumption[] {
    const bad = isBroken({ verdict });
    // What a limit does it does now and then.
    const shown = bad || flaky ? symptoms.find(({ id }) => id === symptom)?.presumes : undefined;
    return [...(bad ? (probe.presumes ?? []).map((id) => ({ probe: id })) : []), ...(shown ?? [])];
  }

  /** Whether the result of one probe waits for that of another one, be it by what it needs or by what explains it. */
  #waits(probe: Probe, other: Probe): boolean {
    const asked = this.#asks.get(probe.id);
    const needed = this.#probes.filter(({ id }) => probe.needs?.includes(id));
    return [...needed, ...(asked ? [asked] : [])].some((one) => one === other || this.#waits(one, other));
  }
}
