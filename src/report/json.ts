import type { Report } from './document.ts';

/** The document itself, for machines, for `wsproof report`, and to be kept. */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
