import { diagnose } from '../diagnosis/symptoms.ts';
import type { Probe } from '../probes/probe.ts';
import type { Target } from '../proxies/target.ts';
import type { Cell } from '../report/document.ts';
import type { Blame } from './blame.ts';
import type { Disclosure } from './disclosure.ts';
import { reportEvidence } from './evidence.ts';
import { type Outcome, symptomOf } from './outcome.ts';
import { compare, isKnownBy, type Judgement } from './verdict.ts';

/** A cell and its footnotes: what differs in each run. */
export interface ReportedCell {
  readonly cell: Cell;
  readonly durationMs: number;
  readonly attempts: number;
  readonly timeline?: number[];
}

const bare = { known: false, flaky: false } as const;

/** The command that runs one cell alone. */
export function reproduce(target: Target, probe: Probe): string {
  const { spec, flags } = target;
  return ['wsproof probe', spec, ...(flags === undefined ? [] : [flags]), `--probe ${probe.id} --trace`].join(' ');
}

/** A cell that was not run, with the reason. */
export function unrunCell(
  target: Target,
  probe: Probe,
  verdict: 'skip' | 'unsupported' | 'blocked' | 'error',
  summary: string,
): ReportedCell {
  return { cell: { target: target.id, probe: probe.id, verdict, summary, ...bare }, durationMs: 0, attempts: 0 };
}

function measuredIn(outcome: Outcome): Pick<Cell, 'measured'> {
  return outcome.measured.length > 0 ? { measured: [...outcome.measured] } : {};
}

const units = (outcome: Outcome): string =>
  outcome.measured.map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(', ');

/** What a finding says: the views, the cause, the fix, and the command that shows it again. */
function findingOf(
  target: Target,
  probe: Probe,
  outcome: Outcome & { kind: 'broken' },
  version: string | undefined,
  disclosure: Disclosure,
  blame: Blame | undefined,
) {
  const { failure, evidence } = outcome;
  const views = evidence ? reportEvidence(evidence, disclosure) : undefined;
  const symptom = evidence ? diagnose(evidence) : undefined;
  const fix = blame?.fix ?? (symptom ? target.fix(symptom.id, version) : undefined);
  const cause = symptom && evidence ? (symptom.detail?.(evidence) ?? symptom.title) : undefined;
  return {
    timeline: views?.timeline,
    fields: {
      summary: probe.failure,
      expected: disclosure.text(failure.expected),
      actual: disclosure.text(failure.actual),
      ...(symptom ? { symptom: symptom.id, cause: disclosure.text(cause ?? symptom.title) } : {}),
      ...(symptom ? { fix: fix ?? { text: symptom.advice } } : {}),
      ...(blame ? { hops: blame.hops, guilty: [...blame.guilty] } : {}),
      ...(views ? { evidence: views.evidence } : {}),
      reproduce: reproduce(target, probe),
    },
  };
}

/** A cell that was run, in the words of the report. */
export function ranCell(
  target: Target,
  probe: Probe,
  outcomes: readonly Outcome[],
  judgement: Judgement,
  version: string | undefined,
  disclosure: Disclosure,
  blame?: Blame,
): ReportedCell {
  const { verdict, flaky, reason } = judgement;
  const expected = target.expected(probe.id, version) ?? blame?.expected;
  // When tries disagree the broken one is what somebody wants to look at, and of these the one that is known.
  const broken = outcomes.filter(({ kind }) => kind === 'broken');
  const outcome =
    broken.find((one) => expected && isKnownBy(expected, symptomOf(one))) ?? broken[0] ?? outcomes.at(-1)!;
  const comparison = compare(verdict, expected, symptomOf(outcome));
  const finding = outcome.kind === 'broken' ? findingOf(target, probe, outcome, version, disclosure, blame) : undefined;
  const { otherThan } = comparison;
  const fault =
    outcome.kind === 'fault' ? { actual: disclosure.text(`${outcome.error.name}: ${outcome.error.message}`) } : {};
  const values = units(outcome);
  const summary = verdict === 'info' && values ? values : probe.title;
  return {
    cell: {
      target: target.id,
      probe: probe.id,
      verdict,
      summary,
      ...finding?.fields,
      ...(otherThan && finding?.fields.cause !== undefined
        ? { cause: `${finding.fields.cause}; known here is another cause: ${otherThan.join(' or ')}` }
        : {}),
      ...fault,
      ...(reason ? { summary: reason } : {}),
      ...measuredIn(outcome),
      known: comparison.known,
      ...(comparison.change ? { change: comparison.change } : {}),
      ...(comparison.known && expected?.because ? { because: expected.because } : {}),
      flaky,
    },
    durationMs: Math.round(outcomes.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    attempts: outcomes.length,
    ...(finding?.timeline ? { timeline: finding.timeline } : {}),
  };
}
