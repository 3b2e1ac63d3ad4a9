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

const GRAVE = /\b(alert|emerg|crit|critical|error|fatal|panic)\b/i;

/** The line of a log that says best why a proxy has ended: one that names a file of the user, else a grave one, else the last. */
export function tellingLine(log: string, files: readonly { readonly shown: string }[]): string {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = lines.filter((one) => files.some(({ shown }) => one.includes(shown)));
  const grave = lines.find((one) => GRAVE.test(one));
  // Some name their file when they begin to read it: that is no reason yet.
  const line = named.find((one) => GRAVE.test(one)) ?? (grave === undefined ? named[0] : grave) ?? lines.at(-1);
  return line === undefined ? '.' : `: ${line}`;
}
