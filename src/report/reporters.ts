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
  /** What such a file begins with, and others do not: what is written over is one of these. */
  readonly signature: RegExp;
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
  json: { render: json, signature: /^\{\s*("\$schema":.*\s*)?"schemaVersion": \d+,\s*"tool": \{\s*"name": "wsproof"/ },
  html: { render: html, signature: /^<!DOCTYPE html>[\s\S]*?<title>[^<]* — wsproof<\/title>/ },
  markdown: { render: markdown, signature: /^## WebSockets through these proxies\n/ },
  readme: {
    render: markedTable,
    signature: /^<!-- wsproof:start -->/,
    part: { missing: missingMarkers, insert: insertTable },
  },
  junit: { render: junit, signature: /^<\?xml[^>]*>\s*<testsuites name="wsproof"/ },
  tap: { render: tap, signature: /^TAP version 14\n1\.\.\d+/ },
  ctrf: { render: ctrf, signature: /^\{\s*"reportFormat": "CTRF",[^{]*"generatedBy": "wsproof / },
  sarif: { render: sarif, signature: /^\{\s*"\$schema":[^{]*\{\s*"tool": \{\s*"driver": \{\s*"name": "wsproof"/ },
  github: { render: github, signature: /^::(error|warning|notice) / },
  badge: { render: badge, signature: /^<svg [^>]*aria-label="websockets: / },
  'badge-endpoint': { render: badgeEndpoint, signature: /^\{\s*"schemaVersion": 1,\s*"label": "websockets"/ },
};
