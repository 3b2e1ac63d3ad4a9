import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DescribedFix } from '../../src/proxies/descriptor.ts';
import type { ProxyFolder } from '../../src/proxies/folder.ts';
import { rightVariant } from '../../src/proxies/variants.ts';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** A folder in which a variant has been cured. */
export interface Cured {
  /** As a target has it in front of its version. */
  readonly path: string;
  readonly variant: string;
  remove(): Promise<void>;
}

const lines = (config: string): string[] => config.trimEnd().split('\n');

/** Without spaces, so that a block may be written in one line or in several. */
const bare = (text: string): string => text.replace(/\s+/g, '');

/** The lines of a fix without its remarks. */
export function directives(config: string): string[] {
  return lines(config)
    .map((line) => line.replace(/(^|\s)(#|\/\/)\s.*$/, '').trim())
    .filter((line) => line !== '');
}

/** The text with the fix in it, or undefined when it has no place there. */
export function applied(
  text: string,
  config: string,
  apply: { replace: string } | { after: string },
): string | undefined {
  const match = new RegExp('replace' in apply ? apply.replace : apply.after).exec(text);
  if (!match) return undefined;
  const start = text.lastIndexOf('\n', match.index) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))![0];
  const indented = lines(config).map((line) => indent + line);
  const end = match.index + match[0].length;
  if ('replace' in apply) return text.slice(0, match.index) + indented.join('\n').trimStart() + text.slice(end);
  const next = text.indexOf('\n', end) + 1 || text.length;
  return `${text.slice(0, next)}${indented.join('\n')}\n${text.slice(next)}`;
}

async function filesOf({ path, descriptor }: ProxyFolder, variant: string): Promise<Map<string, string>> {
  const { module } = descriptor;
  const names = module === undefined ? Object.keys(descriptor.variants[variant]!.files ?? {}) : [module];
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const)),
  );
}

/** The first line of a fix that a variant does not have, in its files or in its command. */
async function missingLine(
  folder: ProxyFolder,
  variant: string,
  { config = '' }: DescribedFix,
): Promise<string | undefined> {
  const { command = [] } = folder.descriptor.variants[variant]!;
  const has = bare([...(await filesOf(folder, variant)).values(), ...command].join('\n'));
  return directives(config).find((line) => !has.includes(bare(line)));
}

/** Whether there is nothing to apply: a fix that belongs into several places, and all of its lines are there. */
export async function isApplied(folder: ProxyFolder, variant: string, fix: DescribedFix): Promise<boolean> {
  const inPlaces = fix.apply === undefined || 'variant' in fix.apply;
  return inPlaces && (await missingLine(folder, variant, fix)) === undefined;
}

/**
 * The cure of a variant: a copy of it with the fix applied, or, for a fix that has several places, the variant that has
 * it in all of them, word for word.
 *
 * @throws Error when the fix has no place in the variant, or when the other one does not have it
 */
export async function cure(folder: ProxyFolder, variant: string, fix: DescribedFix): Promise<Cured> {
  const { apply = { variant: rightVariant(folder.descriptor) }, config = '' } = fix;
  if ('variant' in apply) {
    const missing = await missingLine(folder, apply.variant, fix);
    if (missing !== undefined) throw new Error(`The variant ${apply.variant} does not have "${missing}".`);
    return { path: `${folder.path}/`, variant: apply.variant, remove: async () => {} };
  }
  for (const [name, text] of await filesOf(folder, variant)) {
    const cured = applied(text, config, apply);
    if (cured === undefined) continue;
    const beside = await mkdtemp(join(tmpdir(), 'wsproof-cure-'));
    const path = join(beside, folder.descriptor.name);
    await cp(folder.path, path, { recursive: true });
    // A module finds the library that it is about, and what it shares with others, beside its folder.
    if (folder.descriptor.module !== undefined) {
      await symlink(MODULES, join(beside, 'node_modules'));
      await cp(join(folder.path, '../node-server.mjs'), join(beside, 'node-server.mjs'));
    }
    await writeFile(join(path, name), cured);
    return { path: `${path}/`, variant, remove: () => rm(beside, { recursive: true }) };
  }
  throw new Error(`Nothing in the variant ${variant} matches ${JSON.stringify(apply)}.`);
}
