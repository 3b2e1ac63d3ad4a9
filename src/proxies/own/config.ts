import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { Descriptor, OwnRules } from '../descriptor.ts';
import { type ConfigFile, textOf } from '../files.ts';
import { type ProxyFolder, shownPath } from '../folder.ts';
import { globPattern } from '../pattern.ts';
import { Makings } from './makings.ts';
import { type Mount, readAt, readMount } from './mount.ts';

/** What a proxy is to run instead of a variant. */
export interface OwnConfigRequest {
  /** The user's configuration, as they wrote its path. */
  readonly file: string;
  readonly mounts: readonly Mount[];
  /** The name of the site: certificates that are missing are made for it. */
  readonly host: string;
}

/** A user's configuration with all that it reads. */
export interface OwnConfig {
  /** All that goes into the container, as it is. */
  readonly files: readonly ConfigFile[];
  /** The configuration and what it includes: what a report shows, and what findings are about. */
  readonly configuration: readonly ConfigFile[];
  readonly command?: readonly string[];
  /** What was made because it was missing, in sentences. */
  readonly notes: readonly string[];
}

/** Files that include each other, at most. */
const FILES = 500;

/** Where the files of a proxy go, and what they may be relative to. */
interface Place {
  readonly target: string;
  readonly root: string;
  /** Files of the proxy's folder that go along. */
  readonly beside: Readonly<Record<string, string>>;
  readonly command?: readonly string[] | undefined;
}

function placeOf({ own, variants, command }: Descriptor, right: string, text: string): Place | undefined {
  const usual = Object.values(variants[right]!.files ?? {})[0];
  const places =
    own?.places ??
    (usual === undefined ? [] : [{ target: usual, when: undefined, beside: undefined, command: undefined }]);
  const place = places.find(({ when }) => when === undefined || new RegExp(when, 'm').test(text));
  return (
    place && {
      target: place.target,
      root: own?.root ?? posix.dirname(place.target),
      beside: place.beside ?? {},
      command: place.command ?? command,
    }
  );
}

/** The text without lines that are nothing but a comment. */
const withoutComments = (text: string): string => text.replace(/^[ \t]*#.*$/gm, '');

/** What the first group of each match of these expressions is, where it took part. */
function named(text: string, patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, 'gm'))].flatMap((match) => match[1] ?? []),
  );
}

/** The files that a path stands for: itself, those in a folder, or those that its last part matches. */
async function filesAt(path: string): Promise<string[]> {
  const isFile = async (one: string): Promise<boolean> => (await stat(one).catch(() => undefined))?.isFile() === true;
  if (await isFile(path)) return [path];
  const globbed = basename(path).includes('*');
  const matching = globPattern(globbed ? basename(path) : '*');
  const folder = globbed ? dirname(path) : path;
  const names = (await readdir(folder).catch(() => [])).filter((name) => matching.test(name) && !name.startsWith('.'));
  const found = names.sort().map((name) => join(folder, name));
  const files = await Promise.all(found.map(isFile));
  return found.filter((_, i) => files[i]);
}

/** Reads a configuration, and what it names that lies beside it. */
class Reading {
  readonly #rules: OwnRules;
  readonly #place: Place;
  /** The folder of the user's file. */
  readonly #folder: string;
  readonly #mounted: ReadonlyMap<string, ConfigFile>;
  /** What is not mounted and goes into the container, by its path there. */
  readonly found = new Map<string, ConfigFile>();
  readonly configuration: ConfigFile[] = [];

  constructor(rules: OwnRules, place: Place, folder: string, mounted: readonly ConfigFile[]) {
    this.#rules = rules;
    this.#place = place;
    this.#folder = folder;
    this.#mounted = new Map(mounted.map((file) => [file.target, file]));
  }

  /** The path in the container, and that of its counterpart beside the user's file if it can have one. */
  resolve(path: string): { target: string; beside?: string } {
    const { root, target } = this.#place;
    const full = posix.normalize(posix.isAbsolute(path) ? path : posix.join(root, path));
    const base = [root, posix.dirname(target)].find((one) => one !== '/' && full.startsWith(`${one}/`));
    const below = posix.isAbsolute(path) ? base && posix.relative(base, full) : posix.normalize(path);
    // What lies above the user's file is none of a configuration's business: it would stand in the report.
    const isBeside = below !== undefined && !below.startsWith('..');
    return { target: full, ...(isBeside ? { beside: join(this.#folder, below) } : {}) };
  }

  isThere(target: string): boolean {
    return this.#mounted.has(target) || this.found.has(target);
  }

  async read(file: ConfigFile): Promise<void> {
    this.configuration.push(file);
    if (this.configuration.length > FILES)
      throw new UsageError(`${this.configuration[0]!.shown} includes more than ${FILES} files.`);
    const text = withoutComments(textOf(file) ?? '');
    for (const path of named(text, this.#rules.includes ?? [])) await this.#include(path);
  }

  async #include(path: string): Promise<void> {
    const { target, beside } = this.resolve(path);
    const isNew = (one: string): boolean => !this.configuration.some((file) => file.target === one);
    const within = (one: string): boolean =>
      one === target ||
      posix.dirname(one) === target ||
      (posix.dirname(one) === posix.dirname(target) && target.includes('*'));
    for (const [one, file] of this.#mounted) if (within(one) && isNew(one)) await this.read(file);
    if (beside === undefined) return;
    const folder = target.includes('*') ? posix.dirname(target) : target;
    for (const local of await filesAt(beside)) {
      const one = local === beside ? target : posix.join(folder, basename(local));
      if (this.isThere(one) || !isNew(one)) continue;
      const file = await readAt(local, one);
      this.found.set(one, file);
      await this.read(file);
    }
  }

  /** The files for TLS that the configuration names, from beside it or made. */
  async certificates(makings: Makings): Promise<string[]> {
    const notes: string[] = [];
    const text = withoutComments(this.configuration.map((file) => textOf(file) ?? '').join('\n'));
    for (const { match, holds } of this.#rules.certificates ?? []) {
      for (const path of new Set(named(text, [match]))) {
        const { target: named, beside } = this.resolve(path);
        const inFolder = [...this.#mounted.keys()].some((one) => one.startsWith(`${named.replace(/\/$/, '')}/`));
        if (this.isThere(named) || inFolder) continue;
        const local = beside && (await filesAt(beside));
        if (local && local.length > 0) {
          for (const one of local) {
            const target = one === beside ? named : posix.join(named, basename(one));
            this.found.set(target, await readAt(one, target));
          }
          continue;
        }
        const target = named.endsWith('/') ? `${named}site.pem` : named;
        this.found.set(target, made(target, makings.of(holds)));
        notes.push(makings.note(target, holds));
      }
    }
    return notes;
  }
}

const made = (target: string, text: string): ConfigFile => ({
  name: basename(target),
  shown: target,
  target,
  bytes: Buffer.from(text),
});

/**
 * Reads a user's configuration for a proxy: the file itself, what it includes and what it needs for TLS.
 *
 * @param right the variant that is configured as it should be: where it goes, the user's file goes if nothing else is said
 * @throws UsageError when a file cannot be read, or the proxy has no place for one
 */
export async function readOwnConfig(
  { descriptor, path: folder }: Pick<ProxyFolder, 'descriptor' | 'path'>,
  right: string,
  { file, mounts, host }: OwnConfigRequest,
): Promise<OwnConfig> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--config-file: ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
  const place = placeOf(descriptor, right, withoutComments(bytes.toString('utf8')));
  if (!place) {
    throw new UsageError(
      `--config-file: where ${descriptor.name} reads its configuration is not known; its proxy.yaml has to say so ("own").`,
    );
  }
  const mounted = (await Promise.all(mounts.map(readMount))).flat();
  const main: ConfigFile = { name: shownPath(file), shown: shownPath(file), target: place.target, bytes };
  const rules = descriptor.own ?? {};
  const reading = new Reading(rules, place, dirname(file), mounted);
  await reading.read(main);
  const around = Object.entries(place.beside).map(([source, target]) => readAt(join(folder, source), target));
  const makings = new Makings(host);
  const notes = await reading.certificates(makings);
  return {
    files: [
      main,
      ...(await Promise.all(around)),
      ...mounted,
      ...reading.found.values(),
      ...makings.issued(rules.issued ?? {}).map(([target, text]) => made(target, text)),
    ],
    configuration: reading.configuration,
    notes,
    ...(place.command ? { command: place.command } : {}),
  };
}
