import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError, UsageError } from '../../errors.ts';
import type { Transport } from '../../wire/endpoint.ts';
import type { ContainerStart } from '../container.ts';
import type { Containers } from '../containers.ts';
import type { Descriptor } from '../descriptor.ts';
import { type Container, labelled } from '../engine.ts';
import { type ConfigFile, textOf } from '../files.ts';
import { flagged } from '../flags.ts';
import { shownPath } from '../folder.ts';
import { expectedOfOwn, fixFor } from '../knowledge.ts';
import { adviceOn } from '../own/advice.ts';
import { ensureForwarder, FORWARDER } from '../own/forwarder-image.ts';
import { leadsElsewhereBelow } from '../own/listener.ts';
import { readAt } from '../own/mount.ts';
import { forwarderProgram, MACHINE } from '../own/network.ts';
import { pathOf, reachAs, type Site } from '../own/site.ts';
import { fixBeside } from '../own/standing.ts';
import { parseUpstream, type Upstream } from '../own/upstream.ts';
import { makeRunFolder } from '../run-folder.ts';
import type { Surroundings, Target } from '../target.ts';
import { rightVariant } from '../variants.ts';
import { Compose } from './program.ts';
import { type Project, parseProject, requireService, withOrigin } from './project.ts';

/** A compose file of the user's, as the command line has it. */
export interface ComposeOptions extends Site {
  /** `--compose` */
  readonly file: string;
  /** `--service proxy:80`: each is a target. */
  readonly services: readonly string[];
  /** `--origin-as app:3000`: services that the origin takes the place of. */
  readonly originAs: readonly string[];
}

/** What the catalog knows when it makes targets of a compose file. */
export interface ComposeRequest {
  /** What is known of a proxy, by an image of it. */
  readonly described: (image: string) => Descriptor | undefined;
  readonly containers: Containers;
  readonly forwarder: string;
  readonly transports?: readonly Transport[] | undefined;
}

interface Listener {
  readonly text: string;
  readonly service: string;
  readonly port: number;
}

/** ms until a proxy that answers by itself has found its upstreams. */
const SETTLED = 10_000;
/** Bytes of a file that is a configuration. */
const LARGEST = 256 * 1024;

function parseListener(text: string): Listener {
  const match = /^(?<service>[\w.-]+)(?::(?<port>\d{1,5}))?$/.exec(text)?.groups;
  const port = Number(match?.port ?? 80);
  if (!match || port < 1 || port > 65_535)
    throw new UsageError(`--service: "${text}" is not of the form SERVICE:PORT.`);
  return { text, service: match.service!, port };
}

/** Configurations of a service: text files of the user's that are mounted into it, and none that is a secret. */
async function configurationOf(project: Project, service: string): Promise<ConfigFile[]> {
  const files: ConfigFile[] = [];
  for (const volume of project.services[service]!.volumes ?? []) {
    const bound =
      typeof volume === 'string'
        ? /^(?<source>[./].*?):(?<target>\/[^:]*)/.exec(volume)?.groups
        : volume.type === 'bind'
          ? volume
          : undefined;
    if (!bound?.source || !bound.target) continue;
    const found = await stat(bound.source).catch(() => undefined);
    const names = found?.isDirectory() ? (await readdir(bound.source)).sort() : [''];
    for (const name of names) {
      const path = join(bound.source, name);
      const one = await stat(path).catch(() => undefined);
      if (!one?.isFile() || one.size > LARGEST) continue;
      const file = await readAt(path, posix.join(bound.target, name));
      if (!textOf(file)?.includes('PRIVATE KEY')) files.push({ ...file, name: shownPath(path) });
    }
  }
  return files;
}

class ComposedTarget {
  readonly #compose: Compose;
  readonly #options: ComposeOptions;
  readonly #upstreams: readonly Upstream[];
  readonly #forwarder: string;
  readonly #listener: Listener;
  readonly #project = `wsproof-${randomBytes(6).toString('hex')}`;
  #folder: string | undefined;

  constructor(
    compose: Compose,
    options: ComposeOptions,
    upstreams: readonly Upstream[],
    forwarder: string,
    listener: Listener,
  ) {
    this.#compose = compose;
    this.#options = options;
    this.#upstreams = upstreams;
    this.#forwarder = forwarder;
    this.#listener = listener;
  }

  async up(
    client: ContainerRuntimeClient,
    labels: Record<string, string>,
    { listenAs, runId, signal, tell }: Surroundings,
  ): Promise<Container> {
    const { file } = this.#options;
    await ensureForwarder(client, this.#forwarder, { signal, tell });
    const { service, port } = this.#listener;
    const project = parseProject(await this.#compose.config(file, this.#project));
    const all = await Promise.all(
      this.#upstreams.map(async (upstream) => ({ upstream, port: (await listenAs(upstream.name)).port })),
    );
    const { project: changed, started } = withOrigin(
      project,
      service,
      `127.0.0.1::${port}`,
      {
        all,
        image: this.#forwarder,
        program: (await forwarderProgram()).toString(),
        machine: MACHINE,
        machineAddress: 'host-gateway',
      },
      labels,
    );
    this.#folder = await makeRunFolder(runId);
    const written = join(this.#folder, 'compose.json');
    await writeFile(written, JSON.stringify(changed));
    signal.throwIfAborted();
    tell(`starting the services of ${file}`);
    await this.#compose.up(written, this.#project, started, signal);
    const found = await labelled(client, `com.docker.compose.project=${this.#project}`);
    const proxy = found.find(({ Labels }) => Labels['com.docker.compose.service'] === service);
    if (!proxy) throw new EnvironmentError(`Compose has started no container for the service ${service}.`);
    return client.container.getById(proxy.Id);
  }

  async down(): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return;
    await this.#compose.down(join(folder, 'compose.json'), this.#project);
    await rm(folder, { recursive: true, force: true });
  }
}

function specOf(
  { file, originAs, host, path, tls }: ComposeOptions,
  listener: Listener,
  transport?: Transport,
): string {
  const flags = flagged([
    ['--compose', file],
    ['--service', listener.text],
    ...originAs.map((one) => ['--origin-as', one] as const),
    ['--host', host],
    ['--path', path],
    ['--transport', transport],
  ]);
  return [...flags, ...(tls ? ['--tls'] : [])].join(' ');
}

/**
 * Services of a compose file, the origin in the place of others.
 *
 * @throws UsageError for what cannot be read or is not there; EnvironmentError where there is no compose
 */
export async function composeTargets(options: ComposeOptions, request: ComposeRequest): Promise<Target[]> {
  const { file, services, originAs } = options;
  const { described, containers, forwarder, transports = [undefined] } = request;
  const yaml = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--compose: ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  if (services.length === 0) throw new UsageError('--compose: name the service of the proxy with --service proxy:80.');
  pathOf(options);
  const listeners = services.map(parseListener);
  const upstreams = originAs.map(parseUpstream);
  const loopback = upstreams.find((upstream) => upstream.loopback);
  if (loopback) throw new UsageError(`--origin-as ${loopback.name}: with --compose it is a service, or a name.`);
  const compose = await Compose.find();
  const project = parseProject(await compose.config(file, 'wsproof'));
  for (const { service } of listeners) requireService(project, service, '--service');

  const targetOf = async (listener: Listener, transport: Transport | undefined): Promise<Target> => {
    const { service, port } = listener;
    const { image = service } = project.services[service]!;
    const descriptor = described(image);
    // Which files it has is for the compose file to say.
    const { missing: _, ...unresolved } = descriptor?.own ?? {};
    const configuration = await configurationOf(project, service);
    const id = `${basename(file)}:${service}:${port}${transport === undefined ? '' : `/${transport}`}`;
    const start: ContainerStart = {
      name: id,
      proxy: descriptor?.name ?? service,
      image,
      transport: transport ?? 'ws',
      port,
      files: configuration,
      env: {},
      ...(descriptor?.version ? { version: descriptor.version } : {}),
      reach: reachAs(options, transport, port),
      settled: SETTLED,
      advice: (log) => adviceOn(log, unresolved, upstreams),
    };
    return {
      id,
      proxy: start.proxy,
      variant: basename(file),
      transport: transport ?? (port === 443 ? 'wss' : 'ws'),
      spec: specOf(options, listener, transport),
      images: [...(descriptor ? [descriptor.name] : []), FORWARDER],
      config: [
        ...configuration.map((one) => ({ path: one.name, text: textOf(one) ?? '' })),
        { path: shownPath(file), text: yaml },
      ],
      originNeeds: { reachableFromContainers: true },
      capabilities: ['stop', 'memory'],
      expected: (probe, version) =>
        descriptor && expectedOfOwn(descriptor, rightVariant(descriptor), probe, version, start.transport),
      fix: (symptom, version) => {
        const fix = descriptor && fixFor(descriptor, symptom, version);
        return fix && fixBeside(fix, configuration);
      },
      async start(surroundings) {
        const composed = new ComposedTarget(compose, options, upstreams, forwarder, listener);
        const running = await containers.adopt(
          start,
          surroundings,
          (client, labels) => composed.up(client, labels, surroundings),
          () => composed.down(),
        );
        const exact = await leadsElsewhereBelow(running.endpoint);
        return exact ? { ...running, endpoint: { ...running.endpoint, exact } } : running;
      },
    };
  };
  return Promise.all(listeners.flatMap((listener) => transports.map((transport) => targetOf(listener, transport))));
}
