import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../errors.ts';
import type { RunCertificates } from '../wire/certificate.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';
import { certificateFiles } from './certificate-files.ts';
import type { Descriptor } from './descriptor.ts';
import { type Container, engineWords, removeContainer } from './engine.ts';
import { type ConfigFile, inSourceTerms, type Origins, pointAtOrigin, textOf } from './files.ts';
import { UpstreamNetwork } from './own/network.ts';
import type { Upstream } from './own/upstream.ts';
import type { Readiness } from './ready.ts';
import { TAIL, tailOf } from './tail.ts';
import { type ContainerFile, tar } from './tar.ts';

/** A proxy as it is to run in a container. */
export interface ContainerStart {
  /** How messages call it. */
  readonly name: string;
  readonly proxy: string;
  readonly image: string;
  readonly transport: Transport;
  /** Where it listens, in the container. */
  readonly port: number;
  readonly files: readonly ConfigFile[];
  readonly env: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly tls?: Descriptor['tls'];
  readonly version?: Descriptor['version'];
  readonly reload?: readonly string[];
  /** The files are the user's own: nothing in them is changed. */
  readonly verbatim?: boolean;
  /** Upstreams that the origin stands in for; the image is that of what stands behind their names. */
  readonly upstreams?: { readonly all: readonly Upstream[]; readonly image: string };
  /** Hosts that it must not reach. */
  readonly outOfReach?: readonly string[];
  /** How it is asked at its address. Default: as the site of the run. */
  readonly reach?: (address: Address, alive: Readiness) => Promise<Endpoint>;
  /** ms after which an answer that the proxy gives by itself is one to be judged. Default: never, it is not ready. */
  readonly settled?: number;
  /** What the user can do about what the log tells, as a sentence. */
  readonly advice?: (log: string) => string | undefined;
}

/** Where a container can be connected to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The engine may not raise the limit of open files: it runs without privileges. */
export class LimitRefused extends EnvironmentError {}

/** With an engine's limit of a billion files HAProxy wants memory for each of them, with 1024 it refuses to start. */
const OPEN_FILES = { Name: 'nofile', Soft: 65_536, Hard: 65_536 };

/** Lines of the log as the engine gives them: each piece has a head of eight bytes with its length (Docker API, attach). */
function unframed(frames: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= frames.length; ) {
    const length = frames.readUInt32BE(at + 4);
    pieces.push(frames.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** One container, from its creation to its removal. */
export class ProxyContainer {
  readonly #client: ContainerRuntimeClient;
  readonly #container: Container;
  readonly #start: ContainerStart;

  private constructor(client: ContainerRuntimeClient, container: Container, start: ContainerStart) {
    this.#client = client;
    this.#container = container;
    this.#start = start;
  }

  /** A container that somebody else has started. */
  static adopt(client: ContainerRuntimeClient, container: Container, start: ContainerStart): ProxyContainer {
    return new ProxyContainer(client, container, start);
  }

  /**
   * Creates the container; it does not run yet.
   *
   * @param limited whether to set a limit of open files, instead of the engine's
   * @param where the network to be in, instead of the engine's own; the address of the origin, instead of this machine's
   * @throws EnvironmentError
   */
  static async create(
    client: ContainerRuntimeClient,
    start: ContainerStart,
    labels: Record<string, string>,
    limited: boolean,
    { network, origin = 'host-gateway' }: { readonly network?: string | undefined; readonly origin?: string } = {},
  ): Promise<ProxyContainer> {
    const { name, image, port, env, command, outOfReach = [] } = start;
    // Other machines have no business with it, unless the engine itself is on another machine.
    const local = client.info.containerRuntime.host === 'localhost';
    const container = await client.container
      .create({
        Image: image,
        ...(command ? { Cmd: [...command] } : {}),
        Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
        Labels: labels,
        ExposedPorts: { [`${port}/tcp`]: {} },
        HostConfig: {
          PortBindings: { [`${port}/tcp`]: [{ HostIp: local ? '127.0.0.1' : '', HostPort: '0' }] },
          ...(network === undefined
            ? { ExtraHosts: [`origin:${origin}`] }
            : {
                NetworkMode: network,
                ExtraHosts: [...UpstreamNetwork.hosts, ...outOfReach.map((host) => `${host}:127.0.0.1`)],
              }),
          Ulimits: limited ? [OPEN_FILES] : [],
          LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } },
        },
      })
      .catch((error) => {
        throw new EnvironmentError(`The container of ${name} cannot be created: ${engineWords(error)}.`);
      });
    return new ProxyContainer(client, container, start);
  }

  /**
   * Copies the configuration in and lets it run.
   * @throws LimitRefused when it has to be created anew without a limit; EnvironmentError
   */
  async run(origins: Origins, certificates: RunCertificates): Promise<void> {
    const { name, files, tls, verbatim } = this.#start;
    const configs = files.map((file): ContainerFile => {
      const text = verbatim ? undefined : textOf(file);
      return {
        path: file.target,
        content: text === undefined ? file.bytes : Buffer.from(pointAtOrigin(text, origins)),
      };
    });
    try {
      await this.#container.putArchive(tar([...configs, ...certificateFiles(tls, certificates)]), { path: '/' });
      await this.#container.start();
    } catch (error) {
      const why = engineWords(error);
      const Kind = /\brlimit/.test(why) ? LimitRefused : EnvironmentError;
      throw new Kind(`${name} cannot be started: ${why}.`);
    }
  }

  /** What else runs in its network namespace is told by this. */
  get handle(): Container {
    return this.#container;
  }

  /** Its own address, the one that the engine publishes for it, and that of the engine's machine; those that it has. */
  async addresses(): Promise<{ own?: Address; published?: Address; gateway?: string }> {
    const { port } = this.#start;
    const { NetworkSettings: network } = await this.#container.inspect();
    const joined = Object.values(network.Networks).find(({ IPAddress }) => IPAddress !== '');
    const ip = joined?.IPAddress;
    const bound = network.Ports[`${port}/tcp`]?.[0]?.HostPort;
    const { host } = this.#client.info.containerRuntime;
    return {
      ...(ip ? { own: { host: ip, port } } : {}),
      ...(joined?.Gateway ? { gateway: joined.Gateway } : {}),
      ...(bound ? { published: { host: host === 'localhost' ? '127.0.0.1' : host, port: Number(bound) } } : {}),
    };
  }

  /** The last lines of its log, with the user's files in them where it names its own. */
  async log(): Promise<string> {
    const frames = await this.#container
      .logs({ follow: false, stdout: true, stderr: true, tail: TAIL.lines })
      .catch(() => Buffer.alloc(0));
    return inSourceTerms(tailOf(unframed(frames)), this.#start.files);
  }

  async obituary(): Promise<string | undefined> {
    try {
      const { State: state } = await this.#container.inspect();
      if (state.Running) return undefined;
      if (state.OOMKilled) return 'killed: out of memory';
      return `exited with code ${state.ExitCode}${state.Error ? ` (${state.Error})` : ''}`;
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode === 404) return 'its container was removed';
      throw new EnvironmentError(`The engine does not tell the state of ${this.#start.name}: ${engineWords(error)}.`);
    }
  }

  /** What it says of its own version, or undefined when it does not. */
  async version(): Promise<string | undefined> {
    const { version } = this.#start;
    if (!version) return undefined;
    const said = await this.#client.container.exec(this.#container, [...version.run]).catch(() => undefined);
    return said && new RegExp(version.match).exec(said.output)?.[1];
  }

  /** The digest under which its registry knows the image; the image's own id when it came from none. */
  async digest(): Promise<string | undefined> {
    const { ImageName } = await import('testcontainers');
    const image = await this.#client.image.inspect(ImageName.fromString(this.#start.image)).catch(() => undefined);
    return image && (image.RepoDigests[0]?.split('@')[1] ?? image.Id);
  }

  /** @throws EnvironmentError when its command fails */
  async reload(): Promise<void> {
    const { name, reload = [], files } = this.#start;
    const { exitCode, output } = await this.#client.container.exec(this.#container, [...reload]);
    if (exitCode !== 0) throw new EnvironmentError(`${name} does not reload: ${inSourceTerms(output.trim(), files)}`);
  }

  /** Sends the signal that the image names for an orderly end. */
  async terminate(): Promise<void> {
    const { Config: config } = await this.#container.inspect();
    await this.#container.kill({ signal: (config as { StopSignal?: string }).StopSignal ?? 'SIGTERM' });
  }

  /** Bytes of memory, without the cache of files that the kernel can take back. */
  async memory(): Promise<number> {
    const { memory_stats: memory } = await this.#container.stats({ stream: false, 'one-shot': true });
    if (memory.usage === undefined)
      throw new EnvironmentError('The engine does not tell how much memory a container uses.');
    const stats = memory.stats as unknown as Record<string, number>;
    return memory.usage - (stats.inactive_file ?? stats.total_inactive_file ?? 0);
  }

  /** @throws EnvironmentError that says how to remove it by hand */
  async remove(): Promise<void> {
    await removeContainer(this.#container).catch((error) => {
      const { id } = this.#container;
      throw new EnvironmentError(
        `The container of ${this.#start.name} could not be removed (${engineWords(error)}); remove it with "docker rm -f ${id.slice(0, 12)}".`,
      );
    });
  }
}
