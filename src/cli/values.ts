import { InvalidArgumentError } from 'commander';
import {
  FIELD_NAME,
  FIELD_VALUE,
  milliseconds,
  OF_PROBES,
  TIME,
  TIME_IN_WORDS,
  TIMES_IN_WORDS,
} from '../config/settings.ts';
import { UsageError } from '../errors.ts';

/** The name of an option as it is typed: `updateBaseline` is `--update-baseline`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `500ms`, `70s`, `2m`, `1h` in ms. */
export function duration(text: string): number {
  const ms = milliseconds(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError(`A time is ${TIME.test(text) ? TIMES_IN_WORDS : TIME_IN_WORDS}.`);
}

/** A whole number of this range. */
export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

export const port = whole(1, 65_535);

const members = (text: string): string[] =>
  text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');

export type Pair = readonly [name: string, value: string];

/** A list, with commas or by naming the flag again. */
export function list(text: string, before: readonly string[] = []): string[] {
  return [...before, ...members(text)];
}

/** As {@link list}, of these members only. */
export function listOf<const T extends string>(known: readonly T[]): (text: string, before?: readonly T[]) => T[] {
  return (text, before = []) => {
    const given = members(text);
    const wrong = given.find((member) => !known.some((one) => one === member));
    if (wrong !== undefined || given.length === 0) {
      throw new InvalidArgumentError(`Allowed choices are ${known.join(', ')}.`);
    }
    return [...before, ...(given as T[])];
  };
}

/** `NAME=VALUE`, with commas or by naming the flag again. */
export function pairs(text: string, before: readonly Pair[] = []): Pair[] {
  const given = members(text).map((member): Pair => {
    const at = member.indexOf('=');
    if (at < 1 || at === member.length - 1)
      throw new InvalidArgumentError(`"${member}" is not of the form NAME=VALUE.`);
    return [member.slice(0, at), member.slice(at + 1)];
  });
  return [...before, ...given];
}

/**
 * `Name: value` (RFC 9112 §5), by naming the flag again; from the environment, one in a line.
 *
 * @throws UsageError that says nothing of the value: it may be a secret, and commander would repeat it
 */
export function headers(text: string, before: readonly Pair[] = []): Pair[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const given = lines.map((line): Pair => {
    const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(line) ?? [];
    if (!FIELD_NAME.test(name) || !FIELD_VALUE.test(value)) {
      throw new UsageError('--header (WSPROOF_HEADER) is a name, a colon and a value, such as "Cookie: session=abc".');
    }
    if (OF_PROBES.test(name)) throw new UsageError(`--header: ${name} is what probes write themselves.`);
    return [name, value.replace(/^[ \t]+|[ \t]+$/g, '')];
  });
  return [...before, ...given];
}

/** Where an application listens. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

/** `app:3000`, `[::1]:3000`. */
export function upstream(text: string): Upstream {
  const match = /^([\w.-]+|\[[\da-f:.]+\]):(\d+)$/i.exec(text);
  if (!match) throw new InvalidArgumentError('It is a host and a port, such as app:3000.');
  return { host: match[1]!, port: port(match[2]!) };
}

/** Where the origin of an address is, as the command line has it. */
export type OriginPlace = 'none' | 'remote' | { readonly local: number };

/** `none`, `local:PORT` or `remote`. */
export function originPlace(text: string): OriginPlace {
  if (text === 'none' || text === 'remote') return text;
  const match = /^local:(.*)$/.exec(text);
  if (!match) throw new InvalidArgumentError('It is "none", "local:PORT" or "remote".');
  return { local: port(match[1]!) };
}
