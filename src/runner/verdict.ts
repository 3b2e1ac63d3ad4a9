import type { Level } from '../probes/probe.ts';
import type { Expected } from '../proxies/target.ts';
import { isBroken, type Verdict } from '../report/document.ts';

/** What is known of a cell when it is judged. */
export interface Findings {
  readonly level: Level;
  /** The tries through the proxy, in their order: whether the requirement held, or the fault was ours. */
  readonly tries: readonly ('held' | 'broken' | 'fault')[];
  /** The same probe straight at the origin; undefined when it was not needed. */
  readonly control?: 'held' | 'broken' | 'fault';
}

/** What a cell comes to. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly flaky: boolean;
  /** Why it is no verdict on the proxy. */
  readonly reason?: string;
}

const BROKEN: Record<Level, Verdict> = { must: 'fail', should: 'warn', info: 'info' };

/** The verdict on a cell: what the tries and the control run showed, weighed by the level of the probe. Pure. */
export function judge({ level, tries, control }: Findings): Judgement {
  const last = tries.at(-1);
  const flaky = new Set(tries).size > 1;
  if (last === undefined) return { verdict: 'error', flaky, reason: 'it was not tried' };
  if (tries.includes('fault')) return { verdict: 'error', flaky, reason: 'wsproof could not carry it out' };
  // A mixed outcome is no proof in either direction; a pass that needed luck is not a pass.
  if (flaky) {
    const broken = tries.filter((one) => one === 'broken').length;
    return {
      verdict: 'error',
      flaky,
      reason: `inconclusive: it held in ${tries.length - broken} of ${tries.length} tries`,
    };
  }
  if (last === 'held') return { verdict: level === 'info' ? 'info' : 'pass', flaky };
  if (control !== undefined && control !== 'held') {
    return { verdict: 'error', flaky, reason: 'it also fails straight at the origin: not the proxy’s doing' };
  }
  return { verdict: BROKEN[level], flaky };
}

/** A verdict beside what is known of it. */
export interface Comparison {
  readonly known: boolean;
  readonly change?: 'new' | 'fixed';
  /** The symptoms that it is known by, where it is news because it has another one. */
  readonly otherThan?: readonly string[];
}

/** Whether a failure is known by its symptom. One without evidence is not held against it. */
export function isKnownBy({ symptom: known }: Pick<Expected, 'symptom'>, symptom: string | undefined): boolean {
  return known === undefined || symptom === undefined || known.includes(symptom);
}

/**
 * A verdict beside what is expected of this target: a change is news, a known failure is not. Pure.
 *
 * @param symptom what the failure shows
 */
export function compare(verdict: Verdict, expected: Expected | undefined, symptom?: string): Comparison {
  const bad = isBroken({ verdict });
  const wanted = expected !== undefined && expected.verdict !== 'pass';
  if (bad && wanted && verdict === expected.verdict) {
    return isKnownBy(expected, symptom)
      ? { known: true }
      : { known: false, change: 'new', otherThan: expected.symptom ?? [] };
  }
  if (bad) return { known: false, change: 'new' };
  if (wanted && verdict === 'pass' && !expected.race && !expected.elsewhere) return { known: false, change: 'fixed' };
  return { known: false };
}
