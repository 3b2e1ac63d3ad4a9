import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefixOf = (runId: string): string => `wsproof-${runId}-`;

/** An empty folder for temporary files of a run, by whose name the run is found. */
export function makeRunFolder(runId: string): Promise<string> {
  return mkdtemp(join(tmpdir(), prefixOf(runId)));
}

/** Removes all such folders of a run. */
export async function removeRunFolders(runId: string): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefixOf(runId)));
  await Promise.all(names.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
}
