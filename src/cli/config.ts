import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Command } from 'commander';
import { type ConfigFile, findConfig, readConfig } from '../config/config-file.ts';
import { UsageError } from '../errors.ts';
import { probes } from '../probes/index.ts';
import { listProxies, type ProxySummary } from '../proxies/summary.ts';
import { inRange } from '../proxies/versions.ts';
import type { Located } from '../yaml/yaml.ts';
import type { RunFlags } from './options.ts';
import { selectionOf } from './select.ts';
import { targetsOf } from './targets.ts';
import { originPlace } from './values.ts';

export interface ConfigFlags extends RunFlags {
  /** A file, or false for none (`--no-config`). */
  readonly config?: string | false;
}

/** What is run when the command line and the configuration have both been heard. */
export interface Configured {
  readonly targets?: readonly string[];
  readonly flags: RunFlags;
}

type TargetEntry = NonNullable<ConfigFile['targets']>[number];

/** A path of the file as the command line would have it: the file may lie in another folder. */
function fromHere(path: string, folder: string): string {
  if (isAbsolute(path) || folder === '') return path;
  const joined = join(folder, path);
  return /^\.\.?\//.test(path) && !joined.startsWith('.') ? `./${joined}` : joined;
}

/** As it is written for the command line: each version with each variant over each transport. */
function specsOf(entry: TargetEntry, proxies: readonly ProxySummary[], folder: string): string[] {
  const isPath = (text: string): boolean => /^\.\.?\//.test(text);
  if (typeof entry === 'string') return [isPath(entry) ? fromHere(entry, folder) : entry];
  const { proxy, versions = [undefined], variants = [undefined], transports = [undefined] } = entry;
  const known = proxies.find(({ name }) => name === proxy);
  // In a version that does not understand it, a variant is no target.
  const exists = (version?: string, variant?: string): boolean => {
    const range = known?.variants.find(({ name }) => name === variant)?.versions;
    return version === undefined || range === undefined || inRange(version, range);
  };
  const name = isPath(proxy) ? fromHere(proxy, folder) : proxy;
  return versions.flatMap((version) =>
    variants
      .filter((variant) => exists(version, variant))
      .flatMap((variant) =>
        transports.map((transport) =>
          [name, version && `@${version}`, variant && `:${variant}`, transport && `/${transport}`].join(''),
        ),
      ),
  );
}

/** What is wrong in the file is told with the place in it. */
async function placed<T>(place: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}

/** What the file says, as flags. */
function settingsOf({ value }: Located<ConfigFile>, folder: string): Partial<RunFlags> {
  const { targets: _, $schema: __, image, reporter, baseline, stream, strict, origin, ca, header, ...same } = value;
  const written = Object.entries(reporter ?? {}) as [string, string | undefined][];
  const settings = {
    ...same,
    ...(strict ? { strict } : {}),
    ...(image ? { image: Object.entries(image) } : {}),
    ...(reporter
      ? { reporter: written.flatMap(([name, file]) => (file ? [[name, fromHere(file, folder)]] : [])) }
      : {}),
    ...(baseline ? { baseline: fromHere(baseline, folder) } : {}),
    ...(origin ? { origin: originPlace(origin) } : {}),
    ...(header ? { header: Object.entries(header) } : {}),
    ...(ca ? { ca: fromHere(ca, folder) } : {}),
    ...(stream ? { stream: fromHere(stream, folder) } : {}),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== undefined));
}

/** @throws UsageError for what the schema cannot know: names of probes and of proxies that there are not */
async function requireKnown(config: Located<ConfigFile>, flags: RunFlags, specs: readonly string[][]): Promise<void> {
  const { probe = [], skip = [] } = config.value;
  const select = (key: 'probe' | 'skip') => (glob: string, i: number) =>
    placed(config.at(key, i), () => selectionOf({ ...flags, probe: ['*'], skip: [], [key]: [glob] }, probes));
  await Promise.all([...probe.map(select('probe')), ...skip.map(select('skip'))]);
  await Promise.all(specs.map((some, i) => placed(config.at('targets', i), () => targetsOf(some, flags))));
}

/**
 * The flags with what the configuration file says where neither the command line nor the environment says anything.
 *
 * @param given targets of the command line: those of the file stand back for them
 * @throws UsageError with the faults of the file, each with its place
 */
export async function configure(command: Command, given: readonly string[], asked: ConfigFlags): Promise<Configured> {
  const file = asked.config === false ? undefined : (asked.config ?? (await findConfig('.')));
  if (file === undefined) return { flags: asked, ...(given.length > 0 ? { targets: given } : {}) };
  const config = await readConfig(file);
  const folder = relative('.', dirname(file));
  const said = (name: string): boolean => ['cli', 'env'].includes(command.getOptionValueSource(name) ?? '');
  const settings = Object.entries(settingsOf(config, folder)).filter(([name]) => !said(name));
  const flags: RunFlags = { ...asked, ...Object.fromEntries(settings) };
  const entries = given.length > 0 ? [] : (config.value.targets ?? []);
  // To read what is known of all of them takes its time, and only what is spelled out is held against it.
  const proxies = entries.some((entry) => typeof entry !== 'string') ? await listProxies() : [];
  const specs = entries.map((entry) => specsOf(entry, proxies, folder));
  await requireKnown(config, flags, specs);
  const targets = given.length > 0 ? given : specs.flat();
  return { flags, ...(targets.length > 0 ? { targets } : {}) };
}
