/** What stands for a value that only the place knows where the command is run. */
const VALUE = '1';

/** A line of a shell as the words of its first command: without what is behind a pipe, and with values for variables. */
function wordsOf(line: string, variables: Readonly<Record<string, string>>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    const variable = quote === "'" ? null : /^\$(?:\{(\w+)(?:\[@\])?\}|(\w+))/.exec(line.slice(i));
    if (variable) {
      word = (word ?? '') + (variables[(variable[1] ?? variable[2])!] ?? VALUE);
      i += variable[0].length - 1;
    } else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (quote === '' && /[\s|;&>)#]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      // Behind a space: `#` in a word is one.
      if (char !== ' ' && (char !== '#' || /\s/.test(line[i - 1] ?? ' '))) return words;
      if (char === '#') word = '#';
    } else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}

/**
 * The command lines of wsproof in a text of a shell.
 *
 * @param variables what variables hold that are more than a value
 * @returns the arguments of each
 */
export function commandLines(text: string, variables: Readonly<Record<string, string>> = {}): string[][] {
  const joined = text.replace(/\\\n\s*/g, ' ').replace(/\$\{\{.*?\}\}/g, VALUE);
  return [...joined.matchAll(/(?:^|[\s(])(?:npx (?:--\S+ )*wsproof|node \S*cli\/main\.js"?|^wsproof)[ ]+(.*)$/gm)].map(
    ([, rest]) => wordsOf(rest!, variables),
  );
}

/** The blocks of a Markdown text that are of one of these kinds. */
export function blocksOf(markdown: string, kinds: readonly string[]): string[] {
  return [...markdown.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```/gm)].flatMap(([, kind, text]) =>
    kinds.includes(kind!) ? [text!] : [],
  );
}
