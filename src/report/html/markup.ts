import { html as escaped, LIMIT } from '../escape.ts';

/** HTML that is safe to stand where it is put: made of our own tags, and of text that was escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = Markup | string | number | undefined | false | readonly Content[];

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(textOf).join('');
  return content === undefined || content === false ? '' : escaped(String(content), LIMIT);
}

/** A piece of HTML. What is put into it is escaped, unless it is such a piece itself; undefined and false are nothing. */
export function markup(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + textOf(contents[i - 1]) + string));
}
