import { UsageError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor, Proven } from './descriptor.ts';
import { textOf } from './files.ts';
import { FIXTURES, findProxy, readConfigFiles, readProxyFolder } from './folder.ts';
import { expectedOf } from './knowledge.ts';
import { parseSpec } from './spec.ts';
import type { Expected } from './target.ts';
import { rightVariant, transportsOf } from './variants.ts';
import { inRange } from './versions.ts';

/** The right configuration of a proxy, and what is known of it. */
export interface Recipe {
  readonly name: string;
  readonly homepage: string;
  /** The version that it is for: what was asked for, else the one that it was proven with, else the usual one. */
  readonly version?: string;
  /** What it is, in a few words. */
  readonly title?: string;
  readonly proven?: Proven;
  /** In the order of proxy.yaml: where each file goes, and what stands in it. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly tls: Descriptor['tls'];
  /** What does not hold all the same. */
  readonly known: readonly (Expected & { readonly probe: string; readonly transports: readonly Transport[] })[];
}

/**
 * The right configuration of a proxy.
 *
 * @param text `nginx`, `nginx@1.26`, or a folder with a proxy.yaml
 * @throws UsageError for anything else, for a library, and for a version that the configuration is not for
 */
export async function readRecipe(text: string, fixturesDir: string = FIXTURES): Promise<Recipe> {
  const spec = parseSpec(text);
  if (spec.kind === 'url' || spec.kind === 'module' || spec.kind === 'chain') {
    throw new UsageError(`"${text}" has no proxy.yaml, and so no recipe; name a proxy, or a folder with one.`);
  }
  const folder = await readProxyFolder(spec.kind === 'proxy' ? await findProxy(spec.name, fixturesDir) : spec.path);
  const { descriptor } = folder;
  const { name, homepage, module, image, proven, tls, env } = descriptor;
  const right = rightVariant(descriptor);
  if (spec.variant !== undefined && spec.variant !== right) {
    throw new UsageError(`"${text}": a recipe is the right configuration, and that is the variant "${right}".`);
  }
  if (module !== undefined) {
    throw new UsageError(`${name} is a library: its configuration is the program that uses it. See ${homepage}`);
  }
  const { version } = spec;
  const variant = descriptor.variants[right]!;
  if (version !== undefined && variant.versions !== undefined && !inRange(version, variant.versions)) {
    throw new UsageError(`There is no recipe for ${name} ${version}: it needs ${variant.versions}.`);
  }
  const of = version ?? proven?.version ?? image?.match(/:([^:/@]+)$/)?.[1];
  const transports = transportsOf(descriptor, right);
  const known = Object.keys(variant.expect ?? {}).flatMap((probe) => {
    const broken = transports.filter((one) => (expectedOf(variant, probe, of, one)?.verdict ?? 'pass') !== 'pass');
    if (broken.length === 0) return [];
    return [{ ...expectedOf(variant, probe, of, broken[0]!)!, probe, transports: broken }];
  });
  const files = await readConfigFiles(folder, right);
  const command = variant.command ?? descriptor.command;
  return {
    name,
    homepage,
    ...(of === undefined ? {} : { version: of }),
    ...(variant.title === undefined ? {} : { title: variant.title }),
    ...(proven ? { proven } : {}),
    files: files.map((file) => ({ path: file.target, text: textOf(file) ?? '' })),
    ...(command ? { command } : {}),
    env: { ...env, ...variant.env },
    tls,
    known,
  };
}
