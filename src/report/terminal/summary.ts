import { type Report, VERDICTS } from '../document.ts';
import { type Tally, tally } from '../findings.ts';
import { notesOf } from '../shards.ts';
import { type SignName, signOf } from '../signs.ts';
import { many } from '../statement.ts';
import { type Look, SIGNS } from './look.ts';
import { plain, wrap } from './text.ts';

/** What a report comes to, in the words behind its exit code. */
function conclusion(report: Report, counts: Tally): string {
  const { findings, known, fixed, warnings, inconclusive, unreachable } = counts;
  const news = findings > 0 ? many(findings, 'finding') : known > 0 ? '' : 'no findings';
  const said = [
    ...(news === '' ? [] : [news]),
    ...(known > 0 ? [`${many(known, 'known finding')}${findings > 0 ? '' : ', nothing new'}`] : []),
    ...(warnings > 0 ? [many(warnings, 'warning')] : []),
    ...(unreachable > 0 ? [`${many(unreachable, 'target')} could not be probed to the end`] : []),
    ...(inconclusive > 0 ? [many(inconclusive, 'inconclusive cell')] : []),
    ...(fixed > 0 ? [`${many(fixed, 'known finding is', 'known findings are')} gone`] : []),
  ];
  const sentence = said.join('; ');
  return [...notesOf(report), `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`].join(' ');
}

const ORDER: readonly SignName[] = ['fail', 'error', 'warn', 'known', 'fixed', ...VERDICTS].filter(
  (name, i, all) => all.indexOf(name) === i,
) as SignName[];

/** `30 pass, 1 FAIL`: how many cells there are of each sign. */
export function counted(cells: Report['cells'], look: Look): string {
  return ORDER.flatMap((name) => {
    const count = cells.filter((cell) => signOf(cell) === name).length;
    return count === 0 ? [] : [look.paint(SIGNS[name].style, `${count} ${SIGNS[name].word}`)];
  }).join(', ');
}

/** `5.9 s`, `2 min 5 s`. @param ms */
export function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** The last lines: counts, how long it took, and what it comes to. */
export function renderSummary(report: Report, look: Look): string[] {
  const counts = tally(report, look.strict);
  const { cells, targets, run } = report;
  const green = counts.findings + counts.inconclusive + counts.unreachable === 0 && run.status === 'complete';
  const where = targets.length === 1 ? '' : ` at ${targets.length} targets`;
  const time = look.paint('dim', `in ${duration(run.durationMs)}`);
  return [
    ...wrap(`${many(cells.length, 'cell')}${where}: ${counted(cells, look)} ${time}`, look.width),
    ...wrap(plain(conclusion(report, counts)), look.width).map((line) => look.paint(green ? 'green' : 'red', line)),
  ];
}
