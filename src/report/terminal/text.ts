/**
 * What a terminal would act on or hide: controls, marks that change the direction of writing, characters without a width
 * or without a meaning, halves of surrogate pairs (category C of Unicode), and separators of lines.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** Commands that a build server takes from its log: `::set-output name=a::b`, `##[error]`. */
const COMMANDS = /(^|\s):(?=:[a-z-]+[^:]*::)|#(?=#\[)/gi;

const escaped = (character: string): string => {
  const code = character.codePointAt(0)!;
  const short = { 9: '\\t', 10: '\\n', 13: '\\r' }[code];
  return short ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
};

/** A text that came from somewhere else as one line in which nothing acts: escapes stand for what would. */
export function plain(text: string): string {
  return text
    .replace(UNSAFE, escaped)
    .replace(COMMANDS, (match, lead: string | undefined) => `${lead ?? ''}${escaped(match.at(-1)!)}`);
}

/** The number of columns; colour codes have none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const _ of text.replace(/\x1b\[[\d;]*m/g, '')) width++;
  return width;
}

/** The text with spaces behind it, up to so many columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** At most this many columns, with an ellipsis where something is missing. Not for painted text. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Lines of at most this many columns, broken between words; a word that is longer stands whole on a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
