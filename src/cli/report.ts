import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { diff } from '../report/diff/diff.ts';
import { diffJson, diffText } from '../report/diff/render.ts';
import type { Report } from '../report/document.ts';
import { merge } from '../report/merge.ts';
import { readReport, UnreadableReport } from '../report/read.ts';
import { renderMatrix } from '../report/terminal/matrix-view.ts';
import { renderProbes } from '../report/terminal/probe-view.ts';
import { present, type View } from './execute.ts';
import { addOutputOptions, type OutputFlags } from './options.ts';
import { ReportFiles } from './report-files.ts';
import type { Session } from './session.ts';

async function load(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}.`);
  });
  try {
    return readReport(text);
  } catch (error) {
    if (error instanceof UnreadableReport) throw new UsageError(`${file}: ${error.message}.`);
    throw error;
  }
}

/** Many targets are a grid, unless all of the evidence is asked for. */
const view: View = (report, look) =>
  report.targets.length > 1 && !look.trace ? renderMatrix(report, look) : renderProbes(report, look);

interface ReportFlags extends OutputFlags {
  readonly against?: string;
}

/** What has changed since another report. */
async function compare({ out, conclude }: Session, report: Report, { against, json }: ReportFlags): Promise<void> {
  const difference = diff(await load(against!), report);
  await out.write(json ? diffJson(difference) : diffText(difference));
  conclude({ regression: difference.regression });
}

export function reportCommand(session: Session): Command {
  const command = new Command('report')
    .description('Render report documents, several as one; the exit code is that of their run')
    .argument('<file...>', 'reports of --reporter json=FILE, complete or not')
    .option('--against <file>', 'show what has changed since this report; what got worse is a finding')
    .action(async (files: string[], flags: ReportFlags) => {
      const named = files.map(async (name) => ({ name, report: await load(name) }));
      const report = merge(await Promise.all(named));
      if (flags.against !== undefined) return compare(session, report, flags);
      await present(session, flags, report, await ReportFiles.at(flags.reporter), view);
    });
  return addOutputOptions(command);
}
