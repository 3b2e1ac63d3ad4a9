import { inertLine, markdownCode, markdown as markdownText } from '../escape.ts';
import type { Reporters } from '../reporters.ts';
import { plain } from '../terminal/text.ts';
import type { ReportDiff } from './diff.ts';
import { type ChangeLine, linesOf, remarksOf, SECTIONS, summaryOf } from './lines.ts';

/** Each section that has lines, with its heading. */
function sectionsOf(difference: ReportDiff): (readonly [heading: string, lines: readonly ChangeLine[]])[] {
  const lines = linesOf(difference);
  return SECTIONS.map(
    ([tendency, heading]) => [heading, lines.filter((line) => line.tendency === tendency)] as const,
  ).filter(([, section]) => section.length > 0);
}

/** A text on one line of a terminal, and not a very long one. */
const shown = (text: string): string => plain(inertLine(text, LONGEST));

const LONGEST = 1000;

/** A comparison for a terminal, without colours. */
export function diffText(difference: ReportDiff): string {
  const rows = sectionsOf(difference).flatMap(([heading, lines]) => [
    heading,
    ...lines.flatMap(({ probe, target, change, says, regression }) => [
      `  ${shown(probe)}  ${shown(target)}`,
      `    ${shown(change)}${regression ? '  (regression)' : ''}`,
      ...(says === '' ? [] : [`    ${shown(says)}`]),
    ]),
    '',
  ]);
  const remarks = remarksOf(difference).map(shown);
  return [...remarks, ...(remarks.length > 0 ? [''] : []), ...rows, summaryOf(difference), ''].join('\n');
}

/** A comparison for a pull request or a job summary. */
export function diffMarkdown(difference: ReportDiff): string {
  const row = ({ probe, target, change, says, regression }: ChangeLine): string =>
    `| ${regression ? '❌ ' : ''}${markdownCode(probe)} | ${markdownCode(target)} | ${markdownText(change)} | ${markdownText(says)} |`;
  const sections = sectionsOf(difference).map(([heading, lines]) =>
    [`### ${heading}`, '', '| probe | target | change | |', '| --- | --- | --- | --- |', ...lines.map(row)].join('\n'),
  );
  const remarks = remarksOf(difference).map((remark) => markdownText(remark));
  const verdict = difference.regression ? '❌ ' : '';
  return `${[`${verdict}**${markdownText(summaryOf(difference))}**`, ...remarks, ...sections].join('\n\n')}\n`;
}

/** A comparison for machines. */
export const diffJson = (difference: ReportDiff): string => `${JSON.stringify(difference, null, 2)}\n`;

/** What `--reporter NAME=FILE` knows of comparisons. */
export const diffReporters: Reporters<ReportDiff> = {
  json: { render: diffJson, signature: /^\{\s*"regression": (true|false),\s*"cells": / },
  markdown: { render: diffMarkdown, signature: /^(❌ )?\*\*.* cells? compared.*\*\*\n/ },
};
