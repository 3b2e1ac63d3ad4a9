import type { Report } from './document.ts';
import { compatibilityTable } from './markdown.ts';

const START = '<!-- wsproof:start -->';
const END = '<!-- wsproof:end -->';

/** The lines of the markers: the first start, and the first end below it. */
function markersIn(lines: readonly string[]): { start: number; end: number } | undefined {
  const start = lines.findIndex((line) => line.trim() === START);
  const end = lines.findIndex((line, i) => i > start && line.trim() === END);
  return start < 0 || end < 0 ? undefined : { start, end };
}

/** Why a document cannot take the table, as the end of a sentence; undefined when it can. */
export function missingMarkers(document: string): string | undefined {
  if (markersIn(document.split('\n'))) return undefined;
  return `it has no line ${START} with a line ${END} below it`;
}

/** A document with the table between its markers, each on a line of its own. Without markers it stays as it is. */
export function insertTable(document: string, report: Report): string {
  const lines = document.split('\n');
  const markers = markersIn(lines);
  if (!markers) return document;
  const eol = lines[markers.start]!.endsWith('\r') ? '\r' : '';
  const table = ['', ...compatibilityTable(report).split('\n')].map((line) => line + eol);
  return [...lines.slice(0, markers.start + 1), ...table, ...lines.slice(markers.end)].join('\n');
}

/** The table between markers, for a file that does not exist yet. */
export const markedTable = (report: Report): string => `${START}\n\n${compatibilityTable(report)}\n${END}\n`;
