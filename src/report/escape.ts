/**
 * The one place where text goes into a format. A report is full of text that a peer has chosen; nothing of it may act:
 * no terminal control, no markup, no workflow command, no reordering of what a reader sees. Each function below takes
 * raw text and returns what may stand at one kind of place in one format.
 */

/**
 * What is not text, but for line feed and tab: controls, format characters such as marks of direction, halves of
 * surrogate pairs, code points that stand for nothing or for anything (category C of Unicode, of which XML 1.0 §2.2
 * forbids many), and the separators of lines and paragraphs.
 */
const NO_TEXT = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu;

/** What nearly every text is: nothing to be done. */
const HARMLESS = /^[\n\t\x20-\x7e]*$/;

/** Characters of one value that go into a format. The JSON document alone has the whole. */
export const LIMIT = 8 * 1024;

/** At most `limit` UTF-16 code units, never half a pair, and a note of how many are missing. */
function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return `${text.slice(0, end)}…(+${text.length - end} characters)`;
}

/** Text of which only line feeds and tabs are left to act; `\u{1b}` and the like stand for the rest. */
export function inert(text: string, limit = LIMIT): string {
  const clipped = clip(text, limit);
  if (HARMLESS.test(clipped)) return clipped;
  return clipped.replace(NO_TEXT, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** {@link inert} on one line. */
export function inertLine(text: string, limit = LIMIT): string {
  return inert(text, limit).replace(/[\s]+/g, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML text, or the value of a quoted attribute. */
export function html(text: string, limit = LIMIT): string {
  return inert(text, limit).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** XML 1.0 text. No CDATA section is needed, so that none can be ended from within. */
export function xml(text: string, limit = LIMIT): string {
  return html(text, limit);
}

/** The value of a quoted XML attribute: a parser would turn white space into spaces (XML 1.0 §3.3.3). */
export function xmlAttribute(text: string, limit = LIMIT): string {
  return xml(text, limit).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/**
 * JSON inside of `<script type="application/json">`: no `<` is left to end the element or to begin a comment
 * (HTML Standard §4.12.1.3), and no line separator.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** An address to link to, or undefined: only http and https lead where they say. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s"'<>\\]+$/i.test(text) || inert(text) !== text) return undefined;
  return text;
}

/** What begins a block at the start of a line, and what begins an element, a formula or a link within one (GFM 0.29). */
const MARKDOWN = /^[#+\-=:]|(?<=^\d+)[.)](?=\s|$)|[\\`*_[\]<>|~&$]|:(?=\/\/)|(?<=www)\./gi;

/** Markdown text on one line, also in a table. Mentions become code, which is the one place where they notify nobody. */
export function markdown(text: string, limit = LIMIT): string {
  return inertLine(text, limit)
    .split(/((?<!\w)@[\w/-]+)/)
    .map((part, i) => (i % 2 === 1 ? markdownCode(part) : part.replace(MARKDOWN, '\\$&')))
    .join('');
}

/**
 * Markdown code on one line, also in a table: its fence is longer than any run of backticks within. A bar ends the cell
 * of a table whatever stands around it, and renderers do not agree on how it is escaped: it calls for an element, where
 * character references say the same and mean nothing (CommonMark 0.31 §2.5).
 */
export function markdownCode(text: string, limit = LIMIT): string {
  const line = withoutComments(inertLine(text, limit));
  if (line === '') return '';
  if (line.includes('|')) {
    return `<code>${line.replace(/[^\w\s]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
  }
  const fence = '`'.repeat(longestRun(line, '`') + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced Markdown code block. */
export function markdownBlock(text: string, language = '', limit = LIMIT): string {
  const body = withoutComments(inert(text, limit)).replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

/** A comment marks the place of our block in a README; a peer must not be able to write one. */
function withoutComments(text: string): string {
  return text.replaceAll('<!--', '<! --');
}

function longestRun(text: string, character: string): number {
  return Math.max(0, ...text.split(new RegExp(`[^${character}]+`)).map(({ length }) => length));
}

/** The description of a TAP 14 test point: `#` would begin a directive. */
export function tap(text: string, limit = LIMIT): string {
  return inertLine(text, limit).replace(/[\\#]/g, '\\$&');
}

/** A YAML scalar on one line. JSON strings are YAML (YAML 1.2 §1.3). */
export function yaml(text: string, limit = LIMIT): string {
  return JSON.stringify(inert(text, limit));
}

/** The message of a GitHub workflow command. It never ends its line, so nothing in it can begin another command. */
export function workflowMessage(text: string, limit = LIMIT): string {
  return inert(text, limit).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a GitHub workflow command. */
export function workflowProperty(text: string, limit = LIMIT): string {
  return workflowMessage(text, limit).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The text of a SARIF message: brackets would be a link, and braces a placeholder (SARIF 2.1.0 §3.11.5, §3.11.6). */
export function sarif(text: string, limit = LIMIT): string {
  return inert(text, limit)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}
