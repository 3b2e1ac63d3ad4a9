import { blameLine } from './blame.ts';
import { type Cell, isBroken, type Report } from './document.ts';
import { workflowMessage, workflowProperty } from './escape.ts';
import { alike, troubles } from './findings.ts';
import { notesOf } from './shards.ts';
import { many, some } from './statement.ts';

/** So many annotations of a kind are shown for a step; GitHub drops the rest without a word. */
const SHOWN = 10;

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly text: string;
  readonly file?: string | undefined;
}

function command({ kind, title, text, file }: Annotation): string {
  const properties = [
    `title=${workflowProperty(title)}`,
    ...(file === undefined ? [] : [`file=${workflowProperty(file)}`]),
  ];
  return `::${kind} ${properties.join(',')}::${workflowMessage(text)}`;
}

/** One annotation for what is wrong in the same way at several targets. */
function together({ targets }: Pick<Report, 'targets'>, cells: readonly Cell[]): Annotation {
  const { probe, verdict, summary, cause, fix, reproduce } = cells[0]!;
  const named = cells.map(({ target }) => target);
  const files = new Set(targets.filter(({ id }) => named.includes(id)).map(({ config }) => config[0]?.path));
  const blame = blameLine(cells[0]!);
  const lines = [
    `${summary}: ${some(named)}`,
    cause,
    blame && `Hop: ${blame}`,
    fix && `Fix: ${fix.text}`,
    fix?.config?.trimEnd(),
    reproduce && `Reproduce: ${reproduce}`,
  ];
  return {
    kind: verdict === 'fail' ? 'error' : 'warning',
    title: cells.length === 1 ? `${probe} at ${named[0]}` : `${probe} at ${cells.length} targets`,
    text: lines.filter((line) => typeof line === 'string' && line !== '').join('\n'),
    file: files.size === 1 ? [...files][0] : undefined,
  };
}

function findings({ cells, ...report }: Report): Annotation[] {
  return alike(cells.filter((cell) => isBroken(cell) && !cell.known)).map((group) => together(report, group));
}

function unclear(report: Report): Annotation[] {
  const { targets, cells } = troubles(report);
  const told = cells.map(({ target, probe, summary }) => `${target}, ${probe}: ${summary}`);
  const notes = notesOf(report);
  return [
    ...(notes.length > 0 ? [{ kind: 'warning', title: 'wsproof', text: notes.join('\n') } as const] : []),
    ...targets.map(
      ({ id, failure }) => ({ kind: 'error', title: `${id} could not be probed`, text: failure! }) as const,
    ),
    ...(told.length > 0
      ? [{ kind: 'warning', title: `${many(told.length, 'cell')} without a verdict`, text: some(told) } as const]
      : []),
  ];
}

function fixed({ cells }: Report): Annotation[] {
  const gone = cells.filter(({ change }) => change === 'fixed').map(({ target, probe }) => `${target}, ${probe}`);
  if (gone.length === 0) return [];
  return [{ kind: 'notice', title: `gone: ${many(gone.length, 'expected failure')}`, text: some(gone) }];
}

/** As many as are shown, the last of which counts those that are not. */
function shown(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= SHOWN) return [...annotations];
  const rest = annotations.slice(SHOWN - 1);
  const text = `The report has them all: ${some(rest.map(({ title }) => title))}`;
  return [...annotations.slice(0, SHOWN - 1), { kind: rest[0]!.kind, title: `${rest.length} more like these`, text }];
}

/** Workflow commands that GitHub shows beside the files of a change: what is the same at several targets is said once. */
export function github(report: Report): string {
  const all = [...findings(report), ...unclear(report), ...fixed(report)];
  const kinds: Kind[] = ['error', 'warning', 'notice'];
  return kinds
    .flatMap((kind) => shown(all.filter((annotation) => annotation.kind === kind)))
    .map((annotation) => `${command(annotation)}\n`)
    .join('');
}
