import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { Transport } from '../../wire/endpoint.ts';
import type { ContainerStart } from '../container.ts';
import type { Containers } from '../containers.ts';
import type { Descriptor } from '../descriptor.ts';
import { textOf } from '../files.ts';
import { flagged } from '../flags.ts';
import { shownPath } from '../folder.ts';
import { expectedOfOwn, fixFor } from '../knowledge.ts';
import { adviceOn } from '../own/advice.ts';
import { FORWARDER } from '../own/forwarder-image.ts';
import { lookedBelow } from '../own/listener.ts';
import { pathOf, reachAs, type Site } from '../own/site.ts';
import { fixBeside } from '../own/standing.ts';
import { parseUpstream, type Upstream } from '../own/upstream.ts';
import type { Target } from '../target.ts';
import { rightVariant } from '../variants.ts';
import { Composition, type Listener } from './composition.ts';
import { configurationOf } from './configuration.ts';
import { Compose } from './program.ts';
import { type Project, parseProject, requireService } from './project.ts';

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

/** ms until a proxy that answers by itself has found its upstreams. */
const SETTLED = 10_000;
function parseListener(text: string): Listener {
  const match = /^(?<service>[\w.-]+)(?::(?<port>\d{1,5}))?$/.exec(text)?.groups;
  const port = Number(match?.port ?? 80);
  if (!match || port < 1 || port > 65_535)
    throw new UsageError(`--service: "${text}" is not of the form SERVICE:PORT.`);
  return { text, service: match.service!, port };
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

/** What is the same for all services of one compose file. */
interface Composed {
  readonly options: ComposeOptions;
  readonly request: ComposeRequest;
  readonly compose: Compose;
  readonly project: Project;
  /** The file as it is written. */
  readonly yaml: string;
  readonly upstreams: readonly Upstream[];
}

async function targetOf(composed: Composed, listener: Listener, transport: Transport | undefined): Promise<Target> {
  const { options, request, compose, project, yaml, upstreams } = composed;
  const { file } = options;
  const { described, containers, forwarder } = request;
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
      const composition = new Composition(compose, file, upstreams, forwarder, listener);
      const running = await containers.adopt(
        start,
        surroundings,
        (client, labels) => composition.up(client, labels, surroundings),
        () => composition.down(),
      );
      return lookedBelow(running);
    },
  };
}

/**
 * Services of a compose file, the origin in the place of others.
 *
 * @throws UsageError for what cannot be read or is not there; EnvironmentError where there is no compose
 */
export async function composeTargets(options: ComposeOptions, request: ComposeRequest): Promise<Target[]> {
  const { file, services, originAs } = options;
  const { transports = [undefined] } = request;
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

  const composed: Composed = { options, request, compose, project, yaml, upstreams };
  return Promise.all(
    listeners.flatMap((listener) => transports.map((transport) => targetOf(composed, listener, transport))),
  );
}
