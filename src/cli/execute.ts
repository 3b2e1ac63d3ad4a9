import { UsageError } from '../errors.ts';
import { probes } from '../probes/index.ts';
import type { Target } from '../proxies/target.ts';
import type { Report } from '../report/document.ts';
import { json } from '../report/json.ts';
import { reporters } from '../report/reporters.ts';
import type { Look } from '../report/terminal/look.ts';
import { type Plan, planRun } from '../runner/plan.ts';
import { run } from '../runner/run.ts';
import { shardOf } from '../runner/shard.ts';
import { Acceptance } from './acceptance.ts';
import { commandLine } from './command-line.ts';
import { Expectations } from './expectations.ts';
import { refuseIdleFlags } from './idle-flags.ts';
import type { OutputFlags, RunFlags } from './options.ts';
import type { Outlet } from './outlet.ts';
import { planJson, planText } from './plan.ts';
import { Progress } from './progress.ts';
import { ReportFiles } from './report-files.ts';
import { selectionOf } from './select.ts';
import type { Session } from './session.ts';
import { shardFrom } from './shard.ts';
import { StreamFile } from './stream-file.ts';
import { targetsOf } from './targets.ts';

/** A report as a text for the terminal. */
export type View = (report: Report, look: Look) => string;

function lookOf(outlet: Outlet, { color, trace, strict }: OutputFlags): Look {
  return { width: outlet.width, paint: outlet.paint(color), trace: trace ?? false, strict: strict ?? false };
}

/** @throws UsageError when nothing would run */
function planOf(targets: readonly Target[], flags: RunFlags): Plan {
  const plan = planRun(probes, targets, selectionOf(flags, probes));
  if (targets.length === 0) throw new UsageError('There is no target to probe.');
  if (plan.cells.length === 0) {
    throw new UsageError('No probe is selected: what --probe or --preset takes, --skip or --level takes away.');
  }
  if (plan.cells.every(({ skip }) => skip !== undefined)) {
    throw new UsageError(`None of the selected probes can run: ${plan.cells[0]!.skip}.`);
  }
  return plan;
}

/**
 * Writes a report to where it was asked for and concludes with it.
 *
 * @param lost what could not be written before, in sentences
 */
export async function present(
  session: Session,
  flags: OutputFlags,
  report: Report,
  files: ReportFiles<Report>,
  view: View,
  lost: readonly string[] = [],
): Promise<void> {
  const { out, err, interruption } = session;
  const faults = [...lost, ...(await files.finish(report))];
  await out.write(flags.json ? json(report) : view(report, lookOf(out, flags)));
  for (const fault of faults) await err.write(`wsproof: ${fault}\n`);
  const signal = interruption.received;
  session.conclude({
    report,
    strict: flags.strict ?? false,
    unwritten: faults.length > 0,
    ...(signal ? { signal } : {}),
  });
}

/**
 * Loads, plans and runs what the flags ask for, shows the progress, and presents the report.
 *
 * @param typed the flags of the command line itself: each must have an effect
 */
export async function execute(
  session: Session,
  specs: readonly string[],
  flags: RunFlags,
  view: View,
  typed: ReadonlySet<string>,
): Promise<void> {
  const { err, interruption, version } = session;
  if (flags.shards !== undefined && !flags.plan)
    throw new UsageError('--shards is for --plan; a run takes one: --shard 2/4.');
  const targets = await targetsOf(specs, flags);
  refuseIdleFlags(typed, flags, specs, targets);
  const whole = planOf(targets, flags);
  if (flags.plan) {
    await session.out.write((flags.json ? planJson : planText)(whole, flags.shards));
    return;
  }
  const shard = flags.shard && shardFrom(flags.shard, process.env);
  const plan = shard ? shardOf(whole, shard) : whole;
  const elsewhere = whole.cells
    .filter(({ target }) => !plan.targets.includes(target))
    .map(({ target, probe }) => ({ target: target.id, probe: probe.id }));
  const force = flags.force ?? false;
  const files = await ReportFiles.at(flags.reporter, reporters, { force, out: session.out, err });
  const acceptance = await Acceptance.of(flags);
  const expectations = flags.updateExpectations ? await Expectations.of(plan.targets, flags) : undefined;
  const stream = flags.stream === undefined ? undefined : await StreamFile.begin(flags.stream, force);
  const progress = new Progress(err, lookOf(err, flags), plan.targets.length, process.env);
  // What is said about the signal must not be drawn over.
  interruption.signal.addEventListener('abort', () => progress.end(), { once: true });
  try {
    const found = await run({
      plan,
      ...(shard ? { shard } : {}),
      toolVersion: version,
      command: commandLine(session.argv),
      seed: flags.seed,
      patience: flags.timeout,
      idle: flags.idle,
      crowd: flags.crowd,
      jobs: flags.jobs,
      retries: flags.retries,
      showSecrets: flags.showSecrets ?? false,
      keep: flags.keep ?? false,
      signal: interruption.signal,
      ...(stream ? { record: stream.write } : {}),
      watch: (event, draw) => {
        progress.show(event);
        files.offer(() => acceptance.judge(draw('partial'), elsewhere));
      },
    });
    progress.end();
    // What a run that was stopped has found may be a part of the truth.
    const written = interruption.received ? [] : ((await expectations?.update(found)) ?? []);
    const { report, lines } = await acceptance.conclude(found, elsewhere);
    for (const line of [...written, ...lines]) await err.write(`${line}\n`);
    await present(session, flags, report, files, view, stream?.faults);
  } finally {
    progress.end();
    stream?.close();
  }
}
