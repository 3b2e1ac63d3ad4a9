import { EnvironmentError, UsageError } from '../errors.ts';
import type { Report } from '../report/document.ts';
import { tally } from '../report/findings.ts';

export const EXIT = {
  /** Every selected cell ran, nothing was found. */
  ok: 0,
  /** Findings. Never their number. */
  findings: 1,
  /** A flag, a name, a file, a value that cannot be, or nothing selected. */
  usage: 2,
  /** No engine, no image, a proxy that does not start, a target that cannot be reached. */
  environment: 3,
  /** Cells without a verdict, a run that was cut short, a report that could not be written. */
  inconclusive: 4,
  /** A bug of ours. */
  bug: 70,
} as const;

/** 128 and the number of the signal, as a shell has it. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndingSignal = keyof typeof SIGNALS;

/** The exit code after a signal: 128 and its number, as shells have it. */
export const signalExit = (signal: EndingSignal): number => SIGNALS[signal];

/** The first of these that applies is the exit code: what makes the others worthless comes first. */
const PRECEDENCE: readonly number[] = [
  EXIT.bug,
  ...Object.values(SIGNALS),
  EXIT.usage,
  EXIT.findings,
  EXIT.environment,
  EXIT.inconclusive,
];

/** What a command came to. */
export interface Outcome {
  /** What was thrown. */
  readonly error?: unknown;
  readonly signal?: EndingSignal;
  readonly report?: Report;
  /** Warnings are findings. */
  readonly strict?: boolean;
  /** One report says that something got worse since another one. */
  readonly regression?: boolean;
  /** There was nothing that could be said. */
  readonly inconclusive?: boolean;
  /** A report, or the result on stdout, could not be written. */
  readonly unwritten?: boolean;
}

function codesOf({ error, signal, report, strict, regression, inconclusive: silent, unwritten }: Outcome): number[] {
  const codes: number[] = [];
  if (error instanceof UsageError) codes.push(EXIT.usage);
  else if (error instanceof EnvironmentError) codes.push(EXIT.environment);
  else if (error !== undefined) codes.push(EXIT.bug);
  if (signal) codes.push(SIGNALS[signal]);
  if (regression) codes.push(EXIT.findings);
  if (unwritten || silent) codes.push(EXIT.inconclusive);
  if (report) {
    const { findings, unreachable, inconclusive, ran } = tally(report, strict);
    const complete = report.run.status === 'complete';
    if (findings > 0) codes.push(EXIT.findings);
    if (unreachable > 0) codes.push(EXIT.environment);
    if (inconclusive > 0 || !complete) codes.push(EXIT.inconclusive);
    // Nothing was selected, or nothing that applies: green would be a lie.
    if (ran === 0 && complete) codes.push(EXIT.usage);
  }
  return codes;
}

/** The exit code of an outcome (docs/exit-codes.md). Pure. */
export function exitCode(outcome: Outcome): number {
  const codes = codesOf(outcome);
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ok;
}
