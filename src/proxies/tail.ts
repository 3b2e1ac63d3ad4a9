import type { Readable } from 'node:stream';

/** The lines that are kept of a log, and the characters of them. */
export const TAIL = { lines: 200, characters: 64 * 1024 } as const;

/** The end of a text: its last lines, within the limits. */
export function tailOf(text: string): string {
  return text
    .slice(-TAIL.characters)
    .split('\n')
    .slice(-TAIL.lines - 1)
    .join('\n');
}

/** The end of what a stream has said: a proxy that floods its log must not fill our memory. */
export class Tail {
  #text = '';

  add(text: string): void {
    this.#text += text;
    if (this.#text.length > 2 * TAIL.characters) this.#text = tailOf(this.#text);
  }

  follow(stream: Readable): void {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.add(text));
  }

  get text(): string {
    return tailOf(this.#text);
  }
}
