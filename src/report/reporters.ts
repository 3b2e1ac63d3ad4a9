import { badge, badgeEndpoint } from './badge.ts';
import { ctrf } from './ctrf.ts';
import type { Report } from './document.ts';
import { github } from './github.ts';
import { html } from './html/html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { insertTable, markedTable, missingMarkers } from './readme.ts';
import { sarif } from './sarif.ts';
import { tap } from './tap.ts';

/** A format of reports, or of another document. */
export interface Reporter<T = Report> {
  /** The contents of a file that is this report and nothing else. */
  readonly render: (report: T) => string;
  /** For a file of which only a part is ours. */
  readonly part?: {
    /** Why these contents cannot take the report, as the end of a sentence; undefined when they can. */
    readonly missing: (contents: string) => string | undefined;
    /** The contents with the report in its place. */
    readonly insert: (contents: string, report: T) => string;
  };
}

/** Formats by their names. */
export type Reporters<T = Report> = Readonly<Record<string, Reporter<T>>>;

/** What `--reporter NAME=FILE` knows. */
export const reporters: Reporters = {
  json: { render: json },
  html: { render: html },
  markdown: { render: markdown },
  readme: { render: markedTable, part: { missing: missingMarkers, insert: insertTable } },
  junit: { render: junit },
  tap: { render: tap },
  ctrf: { render: ctrf },
  sarif: { render: sarif },
  github: { render: github },
  badge: { render: badge },
  'badge-endpoint': { render: badgeEndpoint },
};
