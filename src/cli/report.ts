import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { Report } from '../report/document.ts';
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

export function reportCommand(session: Session): Command {
  const command = new Command('report')
    .description('Render a report document; the exit code is that of its run')
    .argument('<file>', 'a report of --reporter json=FILE, complete or not')
    .action(async (file: string, flags: OutputFlags) => {
      const report = await load(file);
      await present(session, flags, report, await ReportFiles.at(flags.reporter), view);
    });
  return addOutputOptions(command);
}
