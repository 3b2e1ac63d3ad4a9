import { join } from 'node:path';
import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor } from './descriptor.ts';
import { FIXTURES, missingPackage, proxyNames, readProxyFolder } from './folder.ts';
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

/** What is known of each proxy, by name. @throws UsageError with the faults of a proxy.yaml */
export async function listProxies(fixturesDir: string = FIXTURES): Promise<ProxySummary[]> {
  const folders = (await proxyNames(fixturesDir)).map((name) => readProxyFolder(join(fixturesDir, name)));
  return (await Promise.all(folders)).map(({ descriptor, ...folder }) => ({
    name: descriptor.name,
    homepage: descriptor.homepage,
    runs: descriptor.image === undefined ? 'module' : 'container',
    missing: missingPackage({ descriptor, ...folder }),
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
  }));
}
