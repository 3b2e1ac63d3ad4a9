import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { diff } from '../report/diff/diff.ts';
import { diffJson, diffReporters, diffText } from '../report/diff/render.ts';
import type { Report } from '../report/document.ts';
import { merge } from '../report/merge.ts';
import { readReport, UnreadableReport } from '../report/read.ts';
import { reporters } from '../report/reporters.ts';
import { readStream, STREAM_SIGNATURE } from '../report/stream.ts';
import { renderMatrix } from '../report/terminal/matrix-view.ts';
import { renderProbes } from '../report/terminal/probe-view.ts';
import { Acceptance, type AcceptanceFlags } from './acceptance.ts';
import { present, type View } from './execute.ts';
import { typedFlags } from './idle-flags.ts';
import { addBaselineOptions, addOutputOptions, type OutputFlags } from './options.ts';
import { ReportFiles } from './report-files.ts';
import type { Session } from './session.ts';
import { flagOf } from './values.ts';

async function load(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}.`);
  });
  try {
    return STREAM_SIGNATURE.test(text) ? readStream(text) : readReport(text);
  } catch (error) {
    if (error instanceof UnreadableReport) throw new UsageError(`${file}: ${error.message}.`);
    throw error;
  }
}

/** Many targets are a grid, unless all of the evidence is asked for. */
const view: View = (report, look) =>
  report.targets.length > 1 && !look.trace ? renderMatrix(report, look) : renderProbes(report, look);

/** What a comparison has nothing of. */
const OF_ONE_REPORT = ['strict', 'trace'] as const;

interface ReportFlags extends OutputFlags, AcceptanceFlags {
  readonly diff?: string;
}

/** What has changed since another report. */
async function compare(session: Session, before: Report, after: Report, flags: ReportFlags): Promise<void> {
  const { out, err, conclude } = session;
  const files = await ReportFiles.at(flags.reporter, diffReporters, { force: flags.force ?? false, out, err });
  const difference = diff(before, after);
  const faults = await files.finish(difference);
  await out.write((flags.json ? diffJson : diffText)(difference));
  for (const fault of faults) await err.write(`wsproof: ${fault}\n`);
  const { regression, compared } = difference;
  conclude({ regression, inconclusive: compared === 0, unwritten: faults.length > 0 });
}

export function reportCommand(session: Session): Command {
  const command = new Command('report')
    .description('Render report documents, several as one; the exit code is that of their run')
    .argument('<file...>', 'reports of --reporter json=FILE or --stream FILE, complete or not')
    .option(
      '--diff <old>',
      'show what has changed since this report (--diff old.json new.json); what got worse is a finding',
    )
    .action(async (files: string[], flags: ReportFlags) => {
      const idle = flags.diff === undefined ? undefined : OF_ONE_REPORT.find((name) => typedFlags(command).has(name));
      if (idle !== undefined) {
        throw new UsageError(`${flagOf(idle)} is for a report, and --diff compares two of them: take one of them out.`);
      }
      const acceptance = await Acceptance.of(flags);
      const named = files.map(async (name) => ({ name, report: await load(name) }));
      const merged = merge(await Promise.all(named));
      const { report, lines } = await acceptance.conclude(merged);
      for (const line of lines) await session.err.write(`${line}\n`);
      if (flags.diff !== undefined) return compare(session, await load(flags.diff), report, flags);
      const { out, err } = session;
      const places = await ReportFiles.at(flags.reporter, reporters, { force: flags.force ?? false, out, err });
      await present(session, flags, report, places, view);
    });
  return addBaselineOptions(addOutputOptions(command));
}
