import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The sources of the page. They are not compiled: the package holds them as they are, and the page takes them whole. */
const FOLDER = new URL('../../../../src/report/html/page/', import.meta.url);

/** The modules of the page's script, each behind those that it imports. */
export const MODULES = [
  'elements.js',
  'selection.js',
  'window.js',
  'address.js',
  'evidence.js',
  'panel.js',
  'drawing.js',
  'grid.js',
  'toolbar.js',
  'main.js',
];

/** The parts of the style sheet; what is behind may overrule what is in front. */
const STYLES = ['colors.css', 'base.css', 'matrix.css', 'sections.css', 'panel.css', 'print.css'];

/** An inline style or script with the source expression that allows it (Content Security Policy Level 3 §2.3.1). */
export interface Inline {
  readonly text: string;
  readonly source: string;
}

/** A text that stands in the page itself, and the expression by which the policy allows it. */
export function inline(text: string): Inline {
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}

/** One module out of several: what they import of each other is all there already. */
function link(sources: readonly string[]): string {
  return sources
    .map((source) => source.replace(/^import [^;]* from '\.\/[^']*';\n/gm, '').replace(/^export /gm, ''))
    .join('\n');
}

const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

/** The style sheet of the page, whole. */
export const pageStyle = (): Inline => inline(STYLES.map(read).join('\n'));
/** The script of the page: its modules as one. */
export const pageScript = (): Inline => inline(link(MODULES.map(read)));
