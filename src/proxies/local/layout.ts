import type { LocalRules } from '../descriptor.ts';
import { type ConfigFile, type Origins, pointAtOrigin, textOf } from '../files.ts';
import { literally } from '../pattern.ts';

/** What is put into the places that a description leaves open. */
export interface Places {
  /** The folder that stands for the root of the container. */
  readonly dir: string;
  /** Free ports, by their names; by the numbers of `listen` as well. */
  readonly ports: ReadonlyMap<string, number>;
  readonly pid?: number;
}

/** A text of proxy.yaml with its open places filled. */
export function filled(text: string, { dir, ports, pid }: Places): string {
  return text
    .replaceAll('{dir}', dir)
    .replaceAll('{pid}', String(pid ?? ''))
    .replace(/\{port:([\w-]+)\}/g, (_, name: string) => String(ports.get(name)));
}

/** The names of the ports that a description wants beside those of `listen`. */
export function portNames({ command, rewrite = [], env = {}, reload = [] }: LocalRules): string[] {
  const texts = [...command, ...rewrite.map((one) => one.with), ...Object.values(env), ...reload];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{port:([\w-]+)\}/g)].map((match) => match[1]!)))];
}

/** How a configuration of a container is written for this machine. */
export interface Relocation {
  readonly rules: LocalRules;
  /** The ports of `listen`. */
  readonly listen: readonly number[];
  /** Paths in the container that files of ours are at. */
  readonly paths: readonly string[];
  readonly origins: Origins & { readonly origin: { readonly address?: string } };
}

/** A text of the configuration as it is for this machine. Line numbers stay as they are, if the rules keep them. */
export function relocated(text: string, { rules, listen, paths, origins }: Relocation, places: Places): string {
  const rewritten = (rules.rewrite ?? []).reduce(
    (before, { match, with: after }) => before.replace(new RegExp(match, 'gm'), filled(after, places)),
    text,
  );
  // Longest first: a file may be in a folder of another one's name.
  const known = [...paths].sort((a, b) => b.length - a.length).map(literally);
  const moved =
    known.length === 0
      ? rewritten
      : rewritten.replace(
          new RegExp(`(?<![\\w./-])(?:${known.join('|')})(?![\\w-])`, 'g'),
          (path) => places.dir + path,
        );
  const numbers = new RegExp(`(?<![\\w.])(?:${listen.join('|')})(?!\\w)`, 'g');
  const here = listen.length === 0 ? moved : moved.replace(numbers, (port) => String(places.ports.get(port)));
  return pointAtOrigin(here, origins, origins.origin.address ?? '127.0.0.1');
}

/** The file as it is for this machine, at its place there. */
export function relocatedFile(file: ConfigFile, relocation: Relocation, places: Places): ConfigFile {
  const text = textOf(file);
  const bytes = text === undefined ? file.bytes : Buffer.from(relocated(text, relocation, places));
  return { ...file, target: places.dir + file.target, bytes };
}
