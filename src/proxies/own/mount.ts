import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, posix, relative } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { ConfigFile } from '../files.ts';
import { shownPath } from '../folder.ts';

/** A file or folder of the user and where it goes in the container. */
export interface Mount {
  readonly source: string;
  readonly target: string;
}

/** Bytes of all files of a mount: they are copied, and kept in memory until then. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Reads `./certs:/etc/ssl/site`. What may follow is how engines write access modes: `:ro`.
 *
 * @throws UsageError
 */
export function parseMount(text: string): Mount {
  // The last colon in front of a slash: a path of Windows has one behind its drive.
  const match = /^(?<source>.+?):(?<target>\/[^:]*)(?::(?:ro|rw|z|Z))?$/.exec(text)?.groups;
  if (!match) throw new UsageError(`--mount: "${text}" is not of the form PATH:/PATH/IN/THE/CONTAINER.`);
  return { source: match.source!, target: posix.normalize(match.target!).replace(/(?<=.)\/$/, '') };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true });
  return found.filter((entry) => entry.isFile() || entry.isSymbolicLink());
}

/** A file as it goes into the container. */
export async function readAt(path: string, target: string): Promise<ConfigFile> {
  return { name: basename(path), shown: shownPath(path), target, bytes: await readFile(path) };
}

/**
 * The files of a mount.
 *
 * @throws UsageError when there is none, or they are too many to be copied
 */
export async function readMount({ source, target }: Mount): Promise<ConfigFile[]> {
  const found = await stat(source).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--mount: ${source}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  if (!found.isDirectory()) return [await readAt(source, target)];
  const files: ConfigFile[] = [];
  let size = 0;
  for (const { parentPath, name } of await entriesOf(source)) {
    const path = join(parentPath, name);
    const file = await stat(path).catch(() => undefined);
    // A link to nowhere, or to a folder: what it leads to is mounted by itself where it is needed.
    if (!file?.isFile()) continue;
    size += file.size;
    if (size > LARGEST) throw new UsageError(`--mount: ${source} holds more than 64 MiB; mount what the proxy reads.`);
    files.push(await readAt(path, posix.join(target, relative(source, path).replaceAll('\\', '/'))));
  }
  return files;
}
