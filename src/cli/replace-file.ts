import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A name for what is not finished, in the folder of what it will be: a file can take the place of one beside it alone. */
export const besideOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);

/**
 * Writes a file that is whole or not there: a new one beside it takes its place.
 *
 * @throws the error of the file system; what was there before stays
 */
export async function replaceFile(path: string, contents: string): Promise<void> {
  const beside = besideOf(path);
  try {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
