import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { suggestion, UsageError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import { chainTarget } from './chain.ts';
import { type ComposeOptions, composeTargets } from './compose/target.ts';
import { Containers } from './containers.ts';
import { type Column, containerTarget, localTarget, moduleTarget, rightVariant, transportsOf } from './described.ts';
import type { Descriptor } from './descriptor.ts';
import {
  FIXTURES,
  findProxy,
  missingPackage,
  type ProxyFolder,
  proxyNames,
  readConfigFiles,
  readProxyFolder,
  shownPath,
} from './folder.ts';
import { chooseImage, isImageOf } from './image.ts';
import { programsOf } from './local/program.ts';
import { type OwnOptions, ownTargets } from './own/target.ts';
import { FORWARDER, forwarderImage } from './own/upstream.ts';
import { type RemoteOptions, remoteTarget } from './remote.ts';
import { type HopSpec, parseSpec, type Spec } from './spec.ts';
import type { Target } from './target.ts';
import { inRange } from './versions.ts';

/** What runs a proxy that has an image: a container, or what is installed here. */
export type Runtime = (typeof RUNTIMES)[number];
export const RUNTIMES = ['container', 'local'] as const;

export interface LoadOptions {
  /** The folder of the proxies. Default: those that come with the tool. */
  readonly fixturesDir?: string;
  /** Another image for a proxy (`nginx`) or for one version of it (`nginx@1.18`). */
  readonly images?: Readonly<Record<string, string>>;
  /** Where `WSPROOF_IMAGE_…` is looked up. Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For targets that name no transport. Default: the first one that the target has. */
  readonly transports?: readonly Transport[];
  /** Where the origin of an address is. Default: `none`. */
  readonly origin?: 'none' | 'remote' | { readonly local: number };
  /** For addresses: accept any certificate. */
  readonly insecure?: boolean;
  /** For addresses: the certificate authority to trust, PEM. */
  readonly ca?: string;
  /** What runs proxies that have an image. Default: containers. */
  readonly runtime?: Runtime;
  /** A configuration of the user's, to be run instead of a variant. */
  readonly own?: OwnOptions;
  /** A compose file of the user's: its services are targets beside those that are named. */
  readonly compose?: ComposeOptions;
}

/** One proxy that comes with the tool, for a list of them. */
export interface ProxySummary {
  readonly name: string;
  readonly homepage: string;
  readonly runs: 'container' | 'in-process';
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
    runs: descriptor.image === undefined ? 'in-process' : 'container',
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

const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** The variant that is asked for. When none is, it is the right one. */
function variantOf(descriptor: Descriptor, asked: string | undefined, text: string): string {
  const { variants, name } = descriptor;
  const names = Object.keys(variants);
  if (asked === undefined) return rightVariant(descriptor);
  if (names.includes(asked)) return asked;
  throw new UsageError(
    `"${text}": ${name} has no variant "${asked}".${suggestion(asked, names)} It has: ${listed(names)}.`,
  );
}

/** The transports to take of those that there are. */
function chosenTransports(
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

/** Loads the targets of one call; what they share lives as long as they. */
class Loader {
  readonly #options: LoadOptions;
  readonly #fixturesDir: string;
  readonly #containers = new Containers();

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#fixturesDir = options.fixturesDir ?? FIXTURES;
  }

  /** Another image for a proxy that does not exist would be ignored without a word. */
  async checkImages(targets: readonly Target[]): Promise<void> {
    const asked = Object.keys(this.#options.images ?? {}).map((key) => key.replace(/@.*/, ''));
    if (asked.length === 0) return;
    const proxies = [...(await proxyNames(this.#fixturesDir)), ...targets.map(({ proxy }) => proxy)];
    const names = [...new Set([...proxies, FORWARDER])];
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown === undefined) return;
    throw new UsageError(
      `There is no proxy "${unknown}" to take another image for.${suggestion(unknown, names)} There are: ${listed(names)}.`,
    );
  }

  /** The services of a compose file; which proxies they are, their images tell. */
  async loadComposed(compose: ComposeOptions): Promise<Target[]> {
    const { images = {}, env = process.env, transports } = this.#options;
    const names = await proxyNames(this.#fixturesDir);
    const folders = await Promise.all(names.map((name) => readProxyFolder(join(this.#fixturesDir, name))));
    const overrides = { flags: images, env };
    return composeTargets(compose, {
      described: (image) =>
        folders.find(({ descriptor }) => isImageOf(image, descriptor.name, descriptor.image, overrides))?.descriptor,
      containers: this.#containers,
      forwarder: forwarderImage(overrides),
      transports,
    });
  }

  load(spec: Spec): Promise<Target[]> {
    if (this.#options.own && spec.kind !== 'proxy' && spec.kind !== 'folder') {
      throw new UsageError(`"${spec.text}": --config-file is for a proxy in a container, such as nginx.`);
    }
    switch (spec.kind) {
      case 'url':
        return this.#remote(spec);
      case 'module':
        return this.#module(spec);
      case 'folder':
        return this.#folder(spec, spec.path);
      case 'proxy':
        return this.#proxy(spec);
      case 'chain':
        return this.#chain(spec);
    }
  }

  /** One chain for each transport of its outermost proxy; the others are reached as the one before them does it. */
  async #chain({ hops, text }: Spec & { kind: 'chain' }): Promise<Target[]> {
    const [first, ...rest] = hops as [HopSpec, ...HopSpec[]];
    const outermost = await this.load(first);
    return Promise.all(
      outermost.map(async (target) => {
        const chain = [target];
        for (const spec of rest) {
          const transport = chain.at(-1)!.originNeeds.tls ? 'wss' : 'ws';
          chain.push((await this.load({ ...spec, transport }))[0]!);
        }
        return chainTarget(chain, text);
      }),
    );
  }

  async #remote({ url, text }: Spec & { kind: 'url' }): Promise<Target[]> {
    const { origin = 'none', ca, insecure, transports } = this.#options;
    if (origin === 'remote')
      throw new UsageError('--origin remote is not supported yet; there are none and local:PORT.');
    const has: Transport[] = url.protocol === 'ws:' ? ['ws'] : ['wss', 'h2'];
    const options: RemoteOptions = {
      origin,
      ...(ca === undefined ? {} : { ca }),
      ...(insecure === undefined ? {} : { insecure }),
    };
    return chosenTransports(has, undefined, transports, text).map((transport) => remoteTarget(url, transport, options));
  }

  /** A module without a proxy.yaml: nothing is known of it but what it does. */
  async #module({ path, variant = 'default', transport, text }: Spec & { kind: 'module' }): Promise<Target[]> {
    const file = resolve(path);
    const name = basename(path).replace(/\.m?js$/, '');
    const descriptor: Descriptor = { name, homepage: '', module: basename(path), variants: { [variant]: {} } };
    const source = await this.#source(file, basename(path), text);
    // Which ports it serves is for the module to say, when it runs.
    const transports = transport ? [transport] : (this.#options.transports ?? ['ws']);
    return transports.map((one) => moduleTarget({ descriptor, variant, transport: one, base: path }, file, source));
  }

  async #source(file: string, name: string, text: string): Promise<{ path: string; text: string }> {
    const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        `"${text}": ${error.code === 'ENOENT' ? `there is no file ${shownPath(file)}` : error.message}.`,
      );
    });
    return { path: name, text: content };
  }

  async #proxy(spec: Spec & { kind: 'proxy' }): Promise<Target[]> {
    return this.#folder(spec, await findProxy(spec.name, this.#fixturesDir), spec.name);
  }

  async #folder(
    spec: Spec & { kind: 'proxy' | 'folder' },
    path: string,
    base = path.replace(/\/*$/, '/'),
  ): Promise<Target[]> {
    const folder = await readProxyFolder(path);
    const { descriptor } = folder;
    if (this.#options.own) return this.#own(spec, descriptor, base, this.#options.own);
    const variant = variantOf(descriptor, spec.variant, spec.text);
    const transports = chosenTransports(
      transportsOf(descriptor, variant),
      spec.transport,
      this.#options.transports,
      spec.text,
    );
    const columns = transports.map(
      (transport): Column => ({
        descriptor,
        variant,
        transport,
        base,
        folder: folder.path,
        missing: missingPackage(folder),
      }),
    );
    return descriptor.image === undefined
      ? this.#inProcess(spec, folder, columns)
      : this.#options.runtime === 'local'
        ? this.#local(spec, folder, columns)
        : this.#inContainer(spec, folder, descriptor.image, columns);
  }

  async #local(
    { version, text }: Spec & { kind: 'proxy' | 'folder' },
    folder: ProxyFolder,
    columns: Column[],
  ): Promise<Target[]> {
    const { name, local, variants } = folder.descriptor;
    if (local === undefined) {
      throw new UsageError(
        `"${text}": how to run ${name} without a container is not known; its proxy.yaml has to say so ("local").`,
      );
    }
    if (version !== undefined)
      throw new UsageError(`"${text}": ${name} runs as it is installed here; its version cannot be chosen.`);
    const { variant } = columns[0]!;
    // An image takes options alone for more of them; anything else is another program.
    if (variants[variant]!.command?.[0]?.startsWith('-') === false) {
      throw new UsageError(
        `"${text}": the variant "${variant}" of ${name} has a command of its own, for its container.`,
      );
    }
    const files = await readConfigFiles(folder, variant);
    return columns.map((column) => localTarget(column, local, files));
  }

  async #own(
    spec: Spec & { kind: 'proxy' | 'folder' },
    descriptor: Descriptor,
    base: string,
    own: OwnOptions,
  ): Promise<Target[]> {
    const { name, image, tag } = descriptor;
    if (spec.variant !== undefined)
      throw new UsageError(`"${spec.text}": a variant or a --config-file, not both of them.`);
    if (image === undefined)
      throw new UsageError(
        `"${spec.text}": ${name} runs in this process and reads no configuration file; name the proxy that reads it, such as nginx.`,
      );
    const { images = {}, env = process.env, transports } = this.#options;
    const overrides = { flags: images, env };
    return ownTargets(own, {
      descriptor,
      right: rightVariant(descriptor),
      chosen: chooseImage(name, image, spec.version, overrides, tag),
      containers: this.#containers,
      base,
      forwarder: forwarderImage(overrides),
      transports: spec.transport ? [spec.transport] : transports,
    });
  }

  async #inProcess(
    spec: Spec & { kind: 'proxy' | 'folder' },
    { path, descriptor }: ProxyFolder,
    columns: Column[],
  ): Promise<Target[]> {
    if (spec.version !== undefined) {
      throw new UsageError(
        `"${spec.text}": ${descriptor.name} runs in this process as it is installed; its version cannot be chosen.`,
      );
    }
    const file = join(path, descriptor.module!);
    const source = await this.#source(file, `${descriptor.name}/${descriptor.module}`, spec.text);
    return columns.map((column) => moduleTarget(column, file, source));
  }

  async #inContainer(
    spec: Spec & { kind: 'proxy' | 'folder' },
    folder: ProxyFolder,
    image: string,
    columns: Column[],
  ): Promise<Target[]> {
    const { images = {}, env = process.env } = this.#options;
    // A version that proxy.yaml does not list is allowed: it is only a tag, and the image is there or is not.
    const { name, tag } = folder.descriptor;
    const chosen = chooseImage(name, image, spec.version, { flags: images, env }, tag);
    const { variant } = columns[0]!;
    const { versions } = folder.descriptor.variants[variant]!;
    if (versions !== undefined && chosen.version !== undefined && !inRange(chosen.version, versions)) {
      throw new UsageError(
        `"${spec.text}": the variant "${variant}" of ${name} is for versions ${versions}, not for ${chosen.version}.`,
      );
    }
    const files = await readConfigFiles(folder, variant);
    return columns.map((column) => containerTarget(column, chosen, files, this.#containers));
  }
}

/**
 * The targets that these texts mean, in their order, each once.
 *
 * @param specs targets as they stand on the command line
 * @throws UsageError for what cannot be read or does not exist; it says what does
 */
export async function loadTargets(specs: readonly string[], options: LoadOptions = {}): Promise<Target[]> {
  const loader = new Loader(options);
  const targets = new Map<string, Target>();
  const loading = specs.map((text) => loader.load(parseSpec(text)));
  if (options.compose) loading.push(loader.loadComposed(options.compose));
  for (const target of (await Promise.all(loading)).flat()) {
    const same = targets.get(target.id);
    if (same && same.spec !== target.spec) {
      throw new UsageError(
        `${same.spec} and ${target.spec} are both called ${target.id}; give one of them another name in its proxy.yaml.`,
      );
    }
    targets.set(target.id, target);
  }
  await loader.checkImages([...targets.values()]);
  return [...targets.values()];
}
