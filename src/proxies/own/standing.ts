import { type ConfigFile, textOf } from '../files.ts';
import { literally } from '../pattern.ts';
import type { Fix } from '../target.ts';

/** A line of a fix that needs something to stand in: `http {`, `routes:`, `}`. */
const FRAME = /^[^\p{L}]*$|[{[]$|^[\w-]+:$/u;

/** The lines of a fix that say something. */
function linesOf(config: string): string[] {
  return config
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => !FRAME.test(line));
}

/** What a line looks like in a configuration: with other spaces, and with another upstream than the fix has. */
function patternOf(line: string): RegExp {
  const words = line.split(/\s+/).map((word) =>
    word
      .split(/origin:\d+/)
      .map(literally)
      .join('[\\w.:[\\]-]+'),
  );
  return new RegExp(`(?<![\\w.-])${words.join('\\s+')}(?![\\w.-])`);
}

/** Comments as spaces, so that what stands behind them keeps its place. */
const withoutComments = (text: string): string =>
  text.replace(/(^|\s)#.*$/gm, (comment, lead: string) => lead + ' '.repeat(comment.length - lead.length));

/** Where each line of a fix stands in these files already, as `nginx.conf:12`; undefined where it does not. */
function placesOf(lines: readonly string[], files: readonly ConfigFile[]): (string | undefined)[] {
  const texts = files.map((file) => ({ shown: file.shown, text: withoutComments(textOf(file) ?? '') }));
  return lines.map((line) => {
    const pattern = patternOf(line);
    for (const { shown, text } of texts) {
      const at = text.search(pattern);
      if (at >= 0) return `${shown}:${text.slice(0, at).split('\n').length}`;
    }
    return undefined;
  });
}

/**
 * A fix beside the configuration that is to be changed: what stands there already is no advice. That it stands there, and
 * the symptom is there all the same, says where to look.
 *
 * @param files the user's configuration and what it includes
 */
export function fixBeside(fix: Fix, files: readonly ConfigFile[]): Fix {
  const { text, config, docs } = fix;
  if (config === undefined) return fix;
  const places = placesOf(linesOf(config), files);
  const found = [...new Set(places.filter((place) => place !== undefined))].join(', ');
  if (found === '') return fix;
  const more = docs === undefined ? {} : { docs };
  if (places.includes(undefined)) return { text: `${text} Some of it is there already: ${found}.`, config, ...more };
  return {
    text: `${text} Your configuration has this already, at ${found}: either this request takes another block, or something further in overrides it.`,
    ...more,
  };
}
