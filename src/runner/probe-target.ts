import { setTimeout as delay } from 'node:timers/promises';
import type { Presumption } from '../diagnosis/symptom.ts';
import { symptoms } from '../diagnosis/symptoms.ts';
import { EnvironmentError } from '../errors.ts';
import type { Probe, ProxyControl } from '../probes/probe.ts';
import type { Capability, RunningTarget, Surroundings, Target } from '../proxies/target.ts';
import type { Cell } from '../report/document.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { attempt, type Outcome } from './attempt.ts';
import { type Blame, blameFor } from './blame.ts';
import { type ReportedCell, ranCell, symptomOf, unrunCell } from './cell.ts';
import type { Control } from './control.ts';
import type { Disclosure } from './disclosure.ts';
import { disclosureOf, disclosureOfLog } from './disclosure-of-target.ts';
import type { RunEvent } from './event.ts';
import { Gate } from './gate.ts';
import type { Ledger } from './ledger.ts';
import type { Pacer } from './pacer.ts';
import { INABILITY, type PlannedCell } from './plan.ts';
import type { Setting } from './setting.ts';
import { Subject } from './subject.ts';
import { turnsOf } from './turns.ts';
import { isKnownBy, judge } from './verdict.ts';

/** Probes of one target that have work to do at the same time; those that only wait cost nothing, so it is generous. */
const AT_ONCE = 32;
/** ms in which probes that wait get to where they only wait; the others keep this process busy then. */
const HEAD_START = 200;

type Enter = (probe: Probe, reported: ReportedCell) => ReportedCell;

export interface TargetRun {
  readonly cells: readonly PlannedCell[];
  readonly surroundings: Surroundings;
  readonly setting: (endpoint: Endpoint) => Setting;
  readonly control: Control;
  readonly pacer: Pacer;
  readonly ledger: Ledger;
  readonly retries: number;
  readonly showSecrets: boolean;
  readonly originPorts: readonly number[];
  readonly watch: (event: RunEvent) => void;
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
    subject = await Subject.start(target, surroundings);
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

const isBad = ({ verdict }: Pick<Cell, 'verdict'>): boolean => verdict === 'fail' || verdict === 'warn';

class TargetProbing {
  readonly #target: Target;
  readonly #subject: Subject;
  readonly #options: TargetRun;
  readonly #probes: readonly Probe[];
  readonly #enter: Enter;
  readonly #gate = new Gate(AT_ONCE);
  readonly #passed: number[] = [];
  /** A probe was found that ends the proxy. */
  #guilty = false;
  /** Probes whose findings wait for that of another one, which may explain them. */
  readonly #asks = new Map<string, Probe>();
  readonly #results = new Map<string, Promise<ReportedCell | undefined>>();

  constructor(target: Target, subject: Subject, options: TargetRun, probes: readonly Probe[], enter: Enter) {
    this.#target = target;
    this.#subject = subject;
    this.#options = options;
    this.#probes = probes;
    this.#enter = enter;
  }

  get #running(): RunningTarget {
    return this.#subject.running;
  }

  async all(): Promise<void> {
    for (const turn of turnsOf(this.#probes)) await this.#takeTurn(turn);
    const wrong = [...this.#results.values()].map(async (result) =>
      ['fail', 'error', 'warn'].includes((await result)?.cell.verdict ?? ''),
    );
    const { ledger, showSecrets } = this.#options;
    const { diedOf } = this.#subject;
    if (diedOf !== undefined && !this.#guilty) {
      // Somebody else may have ended it; what was found is sound, and yet this is for somebody to look into.
      ledger.failed(this.#target, `the proxy was gone once (${diedOf}), and no probe could do that again`);
    }
    if (diedOf === undefined && !(await Promise.all(wrong)).includes(true)) return;
    ledger.log(this.#target, disclosureOfLog(this.#running, showSecrets).text(await this.#subject.log()));
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
    const unable = probe.requires?.find((capability) => !this.#able(capability));
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
    const found = await this.#gate.through(() => this.#probe(probe));
    const reported = found === 'proxy died' ? await this.#gate.alone(() => this.#probeAlone(probe)) : found;
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
      if (!cell || !isBad(cell) || (symptom !== undefined && cell.symptom !== symptom)) continue;
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
    const bad = isBad({ verdict });
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

  /** The proxy has died while this probe was not alone with it: whether it was the one that did it shows now. */
  async #probeAlone(probe: Probe): Promise<ReportedCell | undefined> {
    const { ledger, surroundings } = this.#options;
    if (surroundings.signal.aborted) return undefined;
    try {
      await this.#subject.revive();
    } catch (error) {
      if (surroundings.signal.aborted) return undefined;
      if (!(error instanceof EnvironmentError)) throw error;
      ledger.failed(this.#target, error.message);
      return unrunCell(this.#target, probe, 'error', error.message);
    }
    const found = await this.#probe(probe, true);
    return found === 'proxy died' ? undefined : found;
  }

  /** @param alone nobody else can have ended the proxy when it has died */
  async #probe(probe: Probe, alone = false): Promise<ReportedCell | 'proxy died' | undefined> {
    const { setting, surroundings, control, pacer, retries } = this.#options;
    const ended = probe.requires?.includes('stop');
    // What has died before cannot be stopped any more.
    if (ended && !alone && (await this.#running.obituary()) !== undefined) return 'proxy died';
    const here: Setting = { ...setting(this.#running.endpoint), proxy: this.#proxyControl(), passed: this.#passed };
    const straight = async (): Promise<Outcome | undefined> =>
      here.foreign || probe.gatewayOnly ? undefined : control.outcome(probe, here.endpoint.transport);
    await pacer.turn(surroundings.signal);
    // The control run goes beside the first try, so that it costs no time of its own; not beside one that runs alone.
    const beside = probe.exclusive ? undefined : straight();
    const outcomes: Outcome[] = [await attempt(probe, here)];
    const expected = this.#target.expected(probe.id, this.#running.version);
    const isKnown = (outcome: Outcome): boolean =>
      expected !== undefined && expected.verdict !== 'pass' && isKnownBy(expected, symptomOf(outcome));
    // What is new must be seen again before it is told; what is known is not news.
    while (
      !ended &&
      outcomes.length <= retries &&
      outcomes.at(-1)!.kind === 'broken' &&
      !isKnown(outcomes.at(-1)!) &&
      probe.level !== 'info'
    ) {
      await pacer.turn(surroundings.signal);
      if (surroundings.signal.aborted) return undefined;
      outcomes.push(await attempt(probe, here));
    }
    if (surroundings.signal.aborted) return undefined;
    const gone = ended || outcomes.at(-1)!.kind === 'held' ? undefined : await this.#running.obituary();
    if (gone !== undefined) return alone ? this.#died(probe, outcomes, gone) : 'proxy died';
    const broken = outcomes.some(({ kind }) => kind === 'broken');
    const controlled = broken ? await (beside ?? straight()) : undefined;
    const judgement = judge({
      level: probe.level,
      tries: outcomes.map(({ kind }) => kind),
      ...(controlled ? { control: controlled.kind } : {}),
    });
    const blame = isBad(judgement) ? await this.#blame(probe) : undefined;
    if (surroundings.signal.aborted) return undefined;
    return ranCell(this.#target, probe, outcomes, judgement, this.#running.version, this.#disclosure(outcomes), blame);
  }

  /** Whose doing it is, of several proxies; what a probe does to the proxy itself is done to the outermost one only. */
  async #blame(probe: Probe): Promise<Blame | undefined> {
    const { hops } = this.#running;
    if (!hops || probe.requires?.length) return undefined;
    return blameFor(probe, hops, this.#options.setting);
  }

  /** The cell of a probe that has ended the proxy, and the proxy for those that follow. */
  #died(probe: Probe, outcomes: readonly Outcome[], of: string): ReportedCell {
    this.#guilty = true;
    const told = outcomes.map((outcome) =>
      outcome.kind === 'broken' && outcome.evidence
        ? { ...outcome, evidence: { ...outcome.evidence, proxyDied: of } }
        : outcome,
    );
    const judgement = { verdict: 'fail', flaky: false, reason: `The proxy dies: ${of}` } as const;
    return ranCell(this.#target, probe, told, judgement, this.#running.version, this.#disclosure(outcomes));
  }

  /** Whether what runs can do what its target promised: a module says only when it runs whether it reloads. */
  #able(capability: Capability): boolean {
    const { reload, terminate, memory } = this.#running;
    return { reload, stop: terminate, memory, 'two-origins': true }[capability] !== undefined;
  }

  /** What `requires` asks for is there, or the probe is not run. */
  #proxyControl(): ProxyControl {
    const running = this.#running;
    return {
      reload: () => running.reload!(),
      terminate: () => running.terminate!(),
      memory: () => running.memory!(),
    };
  }

  #disclosure(outcomes: readonly Outcome[]): Disclosure {
    const { setting, showSecrets, originPorts } = this.#options;
    const { stampFor } = setting(this.#running.endpoint);
    return disclosureOf(this.#running, outcomes, { stampFor, showSecrets, originPorts });
  }
}
