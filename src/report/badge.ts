import type { Report } from './document.ts';
import { inertLine, xml } from './escape.ts';
import { many } from './statement.ts';

interface Badge {
  readonly label: string;
  readonly message: string;
  readonly color: 'brightgreen' | 'yellow' | 'red' | 'lightgrey';
}

/** The shades of shields.io, dark enough for white text (WCAG 1.4.3). */
const SHADES: Readonly<Record<Badge['color'], string>> = {
  brightgreen: '#2b7a0b',
  yellow: '#8a6100',
  red: '#b42318',
  lightgrey: '#5a5f66',
};

/** One line for all: what is known is no news, and what is inconclusive is not green. */
function badgeOf({ cells, run }: Report): Badge {
  const label = 'websockets';
  const failed = cells.filter(({ verdict, known }) => verdict === 'fail' && !known).length;
  const warned = cells.filter(({ verdict, known }) => verdict === 'warn' && !known).length;
  const unclear = cells.filter(({ verdict }) => verdict === 'error').length;
  const passed = cells.filter(({ verdict }) => verdict === 'pass').length;
  if (failed > 0) return { label, message: `${failed} failing, ${passed} passing`, color: 'red' };
  if (unclear > 0 || run.status === 'partial') return { label, message: 'inconclusive', color: 'lightgrey' };
  if (passed === 0) return { label, message: 'nothing tested', color: 'lightgrey' };
  if (warned > 0) return { label, message: `${passed} passing, ${many(warned, 'warning')}`, color: 'yellow' };
  return { label, message: `${passed} passing`, color: 'brightgreen' };
}

/** px that a text takes at 11 px; digits and lower case of common sans-serif faces are about this wide. */
const width = (text: string): number => Math.round(text.length * 6.4) + 10;

/** A badge as a picture that needs no server. */
export function badge(report: Report): string {
  const { label, message, color } = badgeOf(report);
  const left = width(label);
  const right = width(message);
  const title = xml(`${label}: ${message}`);
  const text = (x: number, words: string, room: number): string =>
    `<text x="${x}" y="14" textLength="${room - 10}" lengthAdjust="spacingAndGlyphs">${xml(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3d434b"/><rect x="${left}" width="${right}" height="20" fill="${SHADES[color]}"/></g>`,
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(left / 2, label, left),
    text(left + right / 2, message, right),
    '</g></svg>',
    '',
  ].join('\n');
}

/** The JSON that shields.io asks for (https://shields.io/badges/endpoint-badge). */
export function badgeEndpoint(report: Report): string {
  const { label, message, color } = badgeOf(report);
  return `${JSON.stringify({ schemaVersion: 1, label, message: inertLine(message), color, isError: color === 'red' }, null, 2)}\n`;
}
