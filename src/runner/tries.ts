import { EnvironmentError } from '../errors.ts';
import type { Probe, ProxyControl } from '../probes/probe.ts';
import type { Capability, RunningTarget, Surroundings, Target } from '../proxies/target.ts';
import { isBroken } from '../report/document.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { attempt } from './attempt.ts';
import { type Blame, blameFor } from './blame.ts';
import { type ReportedCell, ranCell, unrunCell } from './cell.ts';
import type { Control } from './control.ts';
import type { Disclosure } from './disclosure.ts';
import { disclosureOf } from './disclosure-of-target.ts';
import type { Ledger } from './ledger.ts';
import { endedAt, type Outcome, symptomOf } from './outcome.ts';
import type { Pacer } from './pacer.ts';
import type { Setting } from './setting.ts';
import type { Subject } from './subject.ts';
import { isKnownBy, judge } from './verdict.ts';

/** What the probes of a target are tried with. */
export interface TryOptions {
  readonly surroundings: Surroundings;
  readonly setting: (endpoint: Endpoint) => Setting;
  readonly control: Control;
  readonly pacer: Pacer;
  readonly ledger: Ledger;
  /** Further tries of a failure that is news. */
  readonly retries: number;
  readonly showSecrets: boolean;
  readonly originPorts: readonly number[];
}

/** ms in which connections end that one event has ended. */
const AT_ONCE = 100;

/** The probe ends the proxy: it can be tried once, and that the proxy is gone then is no news. */
const isItsEnd = ({ requires }: Probe): boolean => requires?.includes('stop') ?? false;

/** The tries of probes at one target that runs, and the cells that are made of them. */
export class Tries {
  readonly #target: Target;
  readonly #subject: Subject;
  readonly #options: TryOptions;
  /** See {@link Setting.passed}. */
  readonly #passed: number[] = [];
  /** When the proxy ended connections: one time for each try that did not hold because of it. */
  readonly #ends: { readonly probe: Probe; readonly at: number }[] = [];
  #endedProxy = false;

  constructor(target: Target, subject: Subject, options: TryOptions) {
    this.#target = target;
    this.#subject = subject;
    this.#options = options;
  }

  /** A probe was found that ends the proxy. */
  get endedProxy(): boolean {
    return this.#endedProxy;
  }

  get #running(): RunningTarget {
    return this.#subject.running;
  }

  /** The cell of a probe, tried while others may be; `proxy died` when it is to be tried alone. Undefined: the run was stopped. */
  cellOf(probe: Probe): Promise<ReportedCell | 'proxy died' | undefined> {
    return this.#find(probe, false);
  }

  /** As {@link cellOf}, when the proxy has died while others were at it too: whose doing that was shows now. */
  async cellOfAlone(probe: Probe): Promise<ReportedCell | undefined> {
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
    const found = await this.#find(probe, true);
    return found === 'proxy died' ? undefined : found;
  }

  /** @param alone nobody else can have ended the proxy when it has died */
  async #find(probe: Probe, alone: boolean): Promise<ReportedCell | 'proxy died' | undefined> {
    const { signal } = this.#options.surroundings;
    // What has died before cannot be stopped any more.
    if (isItsEnd(probe) && !alone && (await this.#running.obituary()) !== undefined) return 'proxy died';
    const { outcomes, control } = await this.#try(probe);
    if (signal.aborted) return undefined;
    const held = outcomes.at(-1)!.kind === 'held';
    const gone = isItsEnd(probe) || held ? undefined : await this.#running.obituary();
    if (gone !== undefined) return alone ? this.#died(probe, outcomes, gone) : 'proxy died';
    const broken = outcomes.some(({ kind }) => kind === 'broken');
    const controlled = broken ? await control() : undefined;
    const judgement = judge({
      level: probe.level,
      tries: outcomes.map(({ kind }) => kind),
      ...(controlled ? { control: controlled.kind } : {}),
    });
    const blame = isBroken(judgement) ? await this.#blame(probe) : undefined;
    if (signal.aborted) return undefined;
    const told = judgement.flaky ? outcomes.map((outcome) => this.#besideOthers(probe, outcome)) : outcomes;
    return ranCell(this.#target, probe, told, judgement, this.#running.version, this.#disclosure(outcomes), blame);
  }

  /** Tries a probe, again where what it finds is news; and straight at the origin. The run may be stopped meanwhile. */
  async #try(probe: Probe): Promise<{ outcomes: Outcome[]; control: () => Promise<Outcome | undefined> }> {
    const { setting, surroundings, control, pacer, retries } = this.#options;
    const { signal } = surroundings;
    const here: Setting = { ...setting(this.#running.endpoint), proxy: this.#proxyControl(), passed: this.#passed };
    const straight = async (): Promise<Outcome | undefined> =>
      here.foreign || probe.gatewayOnly ? undefined : control.outcome(probe, here.endpoint.transport);
    await pacer.turn(signal);
    // The control run goes beside the first try, so that it costs no time of its own; not beside one that runs alone.
    const beside = probe.exclusive ? undefined : straight();
    const tryOnce = async (): Promise<Outcome> => {
      const outcome = await attempt(probe, here);
      const at = endedAt(outcome);
      if (at !== undefined) this.#ends.push({ probe, at });
      return outcome;
    };
    const outcomes = [await tryOnce()];
    // What is new must be seen again before it is told.
    while (outcomes.length <= retries && this.#isNews(probe, outcomes.at(-1)!)) {
      await pacer.turn(signal);
      if (signal.aborted) break;
      outcomes.push(await tryOnce());
    }
    return { outcomes, control: () => beside ?? straight() };
  }

  /** Whether what came of a try is a failure that nobody knows of; when the probe has ended the proxy there is no second try. */
  #isNews(probe: Probe, outcome: Outcome): boolean {
    if (outcome.kind !== 'broken' || probe.level === 'info' || isItsEnd(probe)) return false;
    const expected = this.#target.expected(probe.id, this.#running.version);
    return expected === undefined || expected.verdict === 'pass' || !isKnownBy(expected, symptomOf(outcome));
  }

  /** Whose doing it is, of several proxies; what a probe does to the proxy itself is done to the outermost one only. */
  async #blame(probe: Probe): Promise<Blame | undefined> {
    const { hops } = this.#running;
    if (!hops || probe.requires?.length) return undefined;
    return blameFor(probe, hops, this.#options.setting);
  }

  /** What came of a try, with what happened to others at the moment at which its connection ended. */
  #besideOthers(probe: Probe, outcome: Outcome): Outcome {
    const at = endedAt(outcome);
    if (outcome.kind !== 'broken' || !outcome.evidence || at === undefined) return outcome;
    const others = this.#ends.filter((end) => end.probe !== probe && Math.abs(end.at - at) <= AT_ONCE);
    const endedWith = new Set(others.map((end) => end.probe)).size;
    return { ...outcome, evidence: { ...outcome.evidence, endedWith } };
  }

  /** The cell of a probe that has ended the proxy, and the proxy for those that follow. */
  #died(probe: Probe, outcomes: readonly Outcome[], of: string): ReportedCell {
    this.#endedProxy = true;
    const told = outcomes.map((outcome) =>
      outcome.kind === 'broken' && outcome.evidence
        ? { ...outcome, evidence: { ...outcome.evidence, proxyDied: of } }
        : outcome,
    );
    const judgement = { verdict: 'fail', flaky: false, reason: `The proxy dies: ${of}` } as const;
    return ranCell(this.#target, probe, told, judgement, this.#running.version, this.#disclosure(outcomes));
  }

  /** Whether what runs can do what its target promised: a module says only when it runs whether it reloads. */
  isAble(capability: Capability): boolean {
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
