import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suggestion, UsageError } from '../errors.ts';
import { readYaml } from '../yaml/yaml.ts';
import { type Descriptor, proxyFile } from './descriptor.ts';
import { type ConfigFile, originPortsIn } from './files.ts';

/** A folder with a proxy.yaml, read and checked. */
export interface ProxyFolder {
  readonly path: string;
  readonly descriptor: Descriptor;
  /** `file:line:column` of a place in its proxy.yaml. */
  at(...path: readonly PropertyKey[]): string;
}

/** The proxies that come with the tool. */
export const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

/** A path as messages show it: from here when it lies below, else the whole. */
export function shownPath(path: string): string {
  const from = relative(process.cwd(), path);
  return from === '' || from.startsWith('..') || isAbsolute(from) ? path : from;
}

/** @throws UsageError when there is no proxy.yaml in the folder, or with every fault in it */
export async function readProxyFolder(folder: string): Promise<ProxyFolder> {
  const path = resolve(folder);
  const file = join(path, 'proxy.yaml');
  const { value, at } = await readYaml(file, proxyFile, shownPath(file));
  return { path, descriptor: value, at };
}

/** The npm package that a proxy needs and that is not installed here, if there is one. */
export function missingPackage({ path, descriptor }: ProxyFolder): string | undefined {
  const { package: name } = descriptor;
  if (name === undefined) return undefined;
  // Not by resolving it: a package may export nothing to require().
  const places = createRequire(join(path, 'proxy.yaml')).resolve.paths(name) ?? [];
  return places.some((place) => existsSync(join(place, name))) ? undefined : name;
}

/** The names of the proxies in a folder of proxies. */
export async function proxyNames(fixturesDir: string): Promise<string[]> {
  const found = await readdir(fixturesDir, { withFileTypes: true }).catch((error: Error) => {
    throw new UsageError(`The folder of the proxies cannot be read: ${error.message}.`);
  });
  return found
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Where a proxy of this name is. @throws UsageError when there is none; it says which there are */
export async function findProxy(name: string, fixturesDir: string = FIXTURES): Promise<string> {
  const names = await proxyNames(fixturesDir);
  if (names.includes(name)) return join(fixturesDir, name);
  throw new UsageError(
    `There is no proxy "${name}".${suggestion(name, names)} There are: ${names.join(', ') || 'none'}.`,
  );
}

/**
 * The configuration files of a variant.
 *
 * @throws UsageError when one is missing, or when none of them leads to the origin
 */
export async function readConfigFiles({ path, descriptor, at }: ProxyFolder, variant: string): Promise<ConfigFile[]> {
  const { files = {}, env, command, origins, originTls } = descriptor.variants[variant]!;
  const read = Object.entries(files).map(async ([source, target]): Promise<ConfigFile> => {
    const file = join(path, source);
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
      throw new UsageError(`${at('variants', variant, 'files', source)}: ${shownPath(file)}: ${why}.`);
    });
    return { name: `${descriptor.name}/${source}`, shown: shownPath(file), target, bytes };
  });
  const all = await Promise.all(read);
  const texts = all.map(({ bytes }) => bytes.toString('latin1'));
  const named = originPortsIn([
    ...texts,
    ...Object.values({ ...descriptor.env, ...env }),
    ...(command ?? descriptor.command ?? []),
  ]);
  const wanted = [originTls ? 9443 : 9000, ...(origins === 2 ? [originTls ? 9444 : 9001] : [])];
  const missing = wanted.find((port) => !named.has(port));
  if (missing !== undefined) {
    throw new UsageError(
      `${at('variants', variant)}: nothing in the variant "${variant}" leads to the origin; its upstream has to be origin:${missing}.`,
    );
  }
  return all;
}
