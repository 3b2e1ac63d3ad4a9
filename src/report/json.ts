import type { Report, StreamEntry } from './document.ts';

/** What JSON.stringify leaves as it is though a terminal or a build server would act on it. */
const ACTING = /[^\P{C}\n]|[\p{Zl}\p{Zp}]|#(?=#\[)/gu;

const escaped = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** The document itself, for machines, for `wsproof report`, and to be kept. It may be shown on a terminal, too. */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2).replace(ACTING, escaped)}\n`;

/** A line of the stream of a run. */
export const streamLine = (entry: StreamEntry): string => `${JSON.stringify(entry).replace(ACTING, escaped)}\n`;
