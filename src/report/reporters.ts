import type { Report } from './document.ts';
import { json } from './json.ts';

/** Turns a document into the contents of a file. */
export type Reporter = (report: Report) => string;

/** What `--reporter NAME=FILE` knows. */
export const reporters: Readonly<Record<string, Reporter>> = { json };
