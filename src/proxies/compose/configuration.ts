import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type ConfigFile, textOf } from '../files.ts';
import { shownPath } from '../folder.ts';
import { readAt } from '../own/mount.ts';
import type { Project } from './project.ts';

/** Bytes of a file that is a configuration. */
const LARGEST = 256 * 1024;

/** Configurations of a service: text files of the user's that are mounted into it, and none that is a secret. */
export async function configurationOf(project: Project, service: string): Promise<ConfigFile[]> {
  const files: ConfigFile[] = [];
  for (const volume of project.services[service]!.volumes ?? []) {
    const bound =
      typeof volume === 'string'
        ? /^(?<source>[./].*?):(?<target>\/[^:]*)/.exec(volume)?.groups
        : volume.type === 'bind'
          ? volume
          : undefined;
    if (!bound?.source || !bound.target) continue;
    const found = await stat(bound.source).catch(() => undefined);
    const names = found?.isDirectory() ? (await readdir(bound.source)).sort() : [''];
    for (const name of names) {
      const path = join(bound.source, name);
      const one = await stat(path).catch(() => undefined);
      if (!one?.isFile() || one.size > LARGEST) continue;
      const file = await readAt(path, posix.join(bound.target, name));
      if (!textOf(file)?.includes('PRIVATE KEY')) files.push({ ...file, name: shownPath(path) });
    }
  }
  return files;
}
