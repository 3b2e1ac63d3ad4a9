import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { suggestion, UsageError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import { chainTarget } from './chain.ts';
import { chosenTransports, listed, moduleSource } from './choices.ts';
import { type ComposeOptions, composeTargets } from './compose/target.ts';
import { Containers } from './containers.ts';
import { moduleTarget } from './described.ts';
import type { Descriptor } from './descriptor.ts';
import { FIXTURES, findProxy, type ProxyFolder, proxyNames, readProxyFolder, shownPath } from './folder.ts';
import { folderTargets } from './folder-targets.ts';
import { isImageOf } from './image.ts';
import type { LoadOptions } from './load-options.ts';
import { FORWARDER, forwarderImage } from './own/forwarder-image.ts';
import { type RemoteOptions, remoteTarget } from './remote.ts';
import { type HopSpec, parseSpec, type Spec } from './spec.ts';
import type { Target } from './target.ts';

/** Loads the targets of one call; what they share lives as long as they. */
class Loader {
  readonly #options: LoadOptions;
  readonly #fixturesDir: string;
  readonly #containers: Containers;
  /** By path: each is read once, however many of its variants are asked for. */
  readonly #folders = new Map<string, Promise<ProxyFolder>>();

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#containers = new Containers(undefined, options.pull);
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
    const descriptors = await this.#descriptors();
    const overrides = { flags: images, env };
    return composeTargets(compose, {
      described: (image) =>
        descriptors.find((descriptor) => isImageOf(image, descriptor.name, descriptor.image, overrides)),
      containers: this.#containers,
      forwarder: forwarderImage(overrides),
      transports,
    });
  }

  /** What is known of each proxy. */
  async #descriptors(): Promise<Descriptor[]> {
    const names = await proxyNames(this.#fixturesDir);
    const folders = await Promise.all(names.map((name) => this.#read(join(this.#fixturesDir, name))));
    return folders.map(({ descriptor }) => descriptor);
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
        return this.#folder(spec, spec.path, spec.path.replace(/\/*$/, '/'));
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
    const { origin = 'none', ca, insecure, headers = [], transports } = this.#options;
    const has: Transport[] = url.protocol === 'ws:' ? ['ws'] : ['wss', 'h2'];
    const options: RemoteOptions = {
      origin,
      headers,
      proxies: () => this.#descriptors(),
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
    const source = await moduleSource(file, basename(path), text);
    // Which ports it serves is for the module to say, when it runs.
    const transports = transport ? [transport] : (this.#options.transports ?? ['ws']);
    return transports.map((one) => moduleTarget({ descriptor, variant, transport: one, base: path }, file, source));
  }

  async #proxy(spec: Spec & { kind: 'proxy' }): Promise<Target[]> {
    return this.#folder(spec, await findProxy(spec.name, this.#fixturesDir), spec.name);
  }

  #read(path: string): Promise<ProxyFolder> {
    const folder = this.#folders.get(path) ?? readProxyFolder(path);
    this.#folders.set(path, folder);
    return folder;
  }

  async #folder(spec: Spec & { kind: 'proxy' | 'folder' }, path: string, base: string): Promise<Target[]> {
    const file = join(path, 'proxy.yaml');
    if (!existsSync(file)) {
      throw new UsageError(
        `${shownPath(resolve(file))}: there is no such file. It says how the proxy is run; a configuration alone is probed by the name of its proxy: nginx --config-file FILE.`,
      );
    }
    const folder = await this.#read(path);
    return folderTargets({ spec, folder, base, options: this.#options, containers: this.#containers });
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
