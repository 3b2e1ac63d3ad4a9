import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { LocalRules } from '../descriptor.ts';

/** Where servers are installed that are no commands of every user. */
const SERVERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The names that a proxy's program may go by. */
export function programsOf({ command, also = [] }: LocalRules): string[] {
  return [...command.slice(0, 1), ...also];
}

/** The first program of these names, as a shell finds it or where servers are; undefined when there is none. */
export async function findProgram(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...SERVERS];
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}
