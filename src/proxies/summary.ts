import { join } from 'node:path';
import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor } from './descriptor.ts';
import { FIXTURES, missingPackage, type ProxyFolder, proxyNames, readProxyFolder } from './folder.ts';
import { programsOf } from './local/program.ts';
import { rightVariant, transportsOf } from './variants.ts';

/** One proxy that comes with the tool, for a list of them. */
export interface ProxySummary {
  readonly name: string;
  readonly homepage: string;
  readonly runs: 'container' | 'module';
  /** The npm package that it needs and that is not installed. */
  readonly missing?: string | undefined;
  /** Names of the program that runs it without a container. */
  readonly programs?: readonly string[];
  readonly versions: readonly string[];
  readonly variants: readonly {
    readonly name: string;
    readonly title?: string;
    readonly transports: readonly Transport[];
    /** A range; none: all versions of the proxy. */
    readonly versions?: string;
  }[];
  /** The variant that is configured as it should be. */
  readonly right: string;
  readonly fixes: Descriptor['fixes'];
}

function summaryOf(folder: ProxyFolder, name: string): ProxySummary {
  const { descriptor } = folder;
  return {
    name,
    homepage: descriptor.homepage,
    runs: descriptor.image === undefined ? 'module' : 'container',
    missing: missingPackage(folder),
    ...(descriptor.local ? { programs: programsOf(descriptor.local) } : {}),
    versions: descriptor.versions ?? [],
    variants: Object.entries(descriptor.variants).map(([name, { title, versions }]) => ({
      name,
      ...(title === undefined ? {} : { title }),
      ...(versions === undefined ? {} : { versions }),
      transports: transportsOf(descriptor, name),
    })),
    right: rightVariant(descriptor),
    fixes: descriptor.fixes,
  };
}

/** What is known of each proxy, by name. @throws UsageError with the faults of a proxy.yaml */
export async function listProxies(fixturesDir: string = FIXTURES): Promise<ProxySummary[]> {
  const folders = (await proxyNames(fixturesDir)).map((name) => readProxyFolder(join(fixturesDir, name)));
  return (await Promise.all(folders)).map((folder) => summaryOf(folder, folder.descriptor.name));
}

/**
 * What is known of the proxy in a folder of the user's, by the path as they wrote it: that is its name in a target.
 * @throws UsageError when there is no proxy.yaml in it, or with its faults
 */
export async function summaryOfFolder(path: string): Promise<ProxySummary> {
  return summaryOf(await readProxyFolder(path), path);
}
