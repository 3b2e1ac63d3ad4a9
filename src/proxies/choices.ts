import { readFile } from 'node:fs/promises';
import { suggestion, UsageError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor } from './descriptor.ts';
import { shownPath } from './folder.ts';
import { rightVariant } from './variants.ts';

/** Names for a message. */
export const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** The variant that is asked for. When none is, it is the right one. @throws UsageError */
export function variantOf(descriptor: Descriptor, asked: string | undefined, text: string): string {
  const { variants, name } = descriptor;
  const names = Object.keys(variants);
  if (asked === undefined) return rightVariant(descriptor);
  if (names.includes(asked)) return asked;
  throw new UsageError(
    `"${text}": ${name} has no variant "${asked}".${suggestion(asked, names)} It has: ${listed(names)}.`,
  );
}

/** The transports to take of those that there are. @throws UsageError when it is none */
export function chosenTransports(
  has: readonly Transport[],
  asked: Transport | undefined,
  wanted: readonly Transport[] | undefined,
  text: string,
): Transport[] {
  const some = asked ? [asked] : (wanted ?? has.slice(0, 1));
  const chosen = some.filter((transport) => has.includes(transport));
  if (chosen.length === 0)
    throw new UsageError(`"${text}" is not served over ${some.join(' or ')}; it is over: ${listed(has)}.`);
  return chosen;
}

/** The source of a module, for the report. @param text the target as the user wrote it @throws UsageError */
export async function moduleSource(file: string, name: string, text: string): Promise<{ path: string; text: string }> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `"${text}": ${error.code === 'ENOENT' ? `there is no file ${shownPath(file)}` : error.message}.`,
    );
  });
  return { path: name, text: content };
}
