import { open } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/** Bytes of a file that are enough to know whose it is. */
const BEGINNING = 64 * 1024;

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BEGINNING) });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * A mistyped name must not cost somebody a file: what is there already is empty, or of the kind that takes its place.
 *
 * @param kind what the file is to be: "json report"
 * @param signature what all files of that kind begin with
 * @throws UsageError for a file that is something else; the system's error for one that cannot be read
 */
export async function requireOurs(path: string, shown: string, kind: string, signature: RegExp): Promise<void> {
  const text = await beginningOf(path);
  if (text === '' || signature.test(text)) return;
  throw new UsageError(
    `${shown} is there already, and is no ${kind} of wsproof. Choose another name, or write over it with --force.`,
  );
}
