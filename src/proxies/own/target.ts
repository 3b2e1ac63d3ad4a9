import { basename } from 'node:path';
import type { Transport } from '../../wire/endpoint.ts';
import { SITE } from '../address.ts';
import type { ContainerStart } from '../container.ts';
import type { Containers } from '../containers.ts';
import type { Descriptor } from '../descriptor.ts';
import { textOf } from '../files.ts';
import { flagged } from '../flags.ts';
import type { ProxyFolder } from '../folder.ts';
import { type ChosenImage, imageNames } from '../image.ts';
import { expectedOfOwn, fixFor } from '../knowledge.ts';
import type { Target } from '../target.ts';
import { adviceOn } from './advice.ts';
import { type OwnConfig, readOwnConfig } from './config.ts';
import { FORWARDER } from './forwarder-image.ts';
import { lookedBelow, TLS_PORTS } from './listener.ts';
import { parseMount } from './mount.ts';
import { pathOf, reachAs, type Site } from './site.ts';
import { fixBeside } from './standing.ts';
import { parseUpstream, type Upstream } from './upstream.ts';

/** A configuration of the user's, as the command line has it. */
export interface OwnOptions extends Site {
  /** `--config-file`: run as it is. */
  readonly file: string;
  /** `--origin-as app:3000`: what the origin stands in for. */
  readonly originAs: readonly string[];
  /** `--port`: each is a target of its own. Default 80. */
  readonly ports: readonly number[];
  /** `--mount ./certs:/etc/ssl/site`. */
  readonly mounts: readonly string[];
}

/** What is the same for all listeners of one configuration. */
interface Own {
  readonly descriptor: Descriptor;
  /** Its variant that is configured as it should be. */
  readonly right: string;
  readonly options: OwnOptions;
  readonly chosen: ChosenImage;
  readonly config: OwnConfig;
  readonly upstreams: readonly Upstream[];
  readonly forwarder: string;
  readonly containers: Containers;
  /** The proxy as the user names it. */
  readonly base: string;
}

const DEFAULT_PORT = 80;
/** ms until a proxy that answers by itself has found its upstreams. */
const SETTLED = 5000;

/** The flags that mean this target and no other. */
function specOf({ base, chosen, options }: Own, port: number, transport: Transport | undefined): string {
  const { file, originAs, host, path, mounts, tls } = options;
  const at = chosen.version === undefined ? '' : `@${chosen.version}`;
  const given = flagged([
    ['--config-file', file],
    ...originAs.map((one) => ['--origin-as', one] as const),
    ['--port', String(port)],
    ['--host', host],
    ['--path', path],
    ...mounts.map((one) => ['--mount', one] as const),
  ]);
  const how = transport === undefined ? '' : `/${transport}`;
  return [`${base}${at}${how}`, ...given, ...(tls ? ['--tls'] : [])].join(' ');
}

function ownTarget(own: Own, port: number, transport: Transport | undefined): Target {
  const { descriptor, right, options, chosen, config, upstreams, forwarder, containers } = own;
  const { name, version, reload } = descriptor;
  const at = chosen.version === undefined ? '' : `@${chosen.version}`;
  const variant = basename(options.file);
  const id = `${name}${at}:${variant}:${port}${transport === undefined ? '' : `/${transport}`}`;
  // A guess until the listener is asked.
  const likely = transport ?? (TLS_PORTS.includes(port) ? 'wss' : 'ws');
  const start: ContainerStart = {
    name: id,
    proxy: name,
    image: chosen.image,
    transport: likely,
    port,
    files: config.files,
    verbatim: true,
    env: descriptor.env ?? {},
    ...(config.command ? { command: config.command } : {}),
    ...(version ? { version } : {}),
    ...(reload ? { reload } : {}),
    upstreams: { all: upstreams, image: forwarder },
    outOfReach: descriptor.own?.issuers ?? [],
    reach: reachAs(options, transport, port),
    settled: SETTLED,
    advice: (log) => adviceOn(log, descriptor.own ?? {}, upstreams),
  };
  return {
    id,
    proxy: name,
    ...(chosen.version === undefined ? {} : { version: chosen.version }),
    variant,
    transport: likely,
    spec: specOf(own, port, transport),
    images: [...imageNames(name, chosen), FORWARDER],
    config: config.configuration.flatMap((file) => {
      const text = textOf(file);
      return text === undefined ? [] : [{ path: file.name, text }];
    }),
    notes: config.notes,
    originNeeds: { reachableFromContainers: true },
    capabilities: ['stop', 'memory', ...(reload ? (['reload'] as const) : [])],
    expected: (probe, real) => expectedOfOwn(descriptor, right, probe, real ?? chosen.version, likely),
    fix: (symptom, real) => {
      const fix = fixFor(descriptor, symptom, real ?? chosen.version);
      return fix && fixBeside(fix, config.configuration);
    },
    start: async (surroundings) => lookedBelow(await containers.start(start, surroundings)),
  };
}

/** What the catalog knows when it makes targets of a user's configuration. */
export interface OwnRequest {
  readonly folder: ProxyFolder;
  readonly right: string;
  readonly chosen: ChosenImage;
  readonly containers: Containers;
  readonly base: string;
  readonly forwarder: string;
  /** How the listeners are reached. Default: what each says when it is asked. */
  readonly transports?: readonly Transport[] | undefined;
}

/**
 * A proxy with a configuration of the user's, once for each of its listeners.
 *
 * @throws UsageError for an option or a file that cannot be used
 */
export async function ownTargets(options: OwnOptions, request: OwnRequest): Promise<Target[]> {
  const { folder, right, transports = [undefined], ...rest } = request;
  const { descriptor } = folder;
  const mounts = options.mounts.map(parseMount);
  const upstreams = options.originAs.map(parseUpstream);
  pathOf(options);
  const config = await readOwnConfig(folder, right, { file: options.file, mounts, host: options.host ?? SITE });
  const own: Own = { descriptor, right, options, config, upstreams, ...rest };
  const ports = options.ports.length > 0 ? options.ports : [DEFAULT_PORT];
  return ports.flatMap((port) => transports.map((transport) => ownTarget(own, port, transport)));
}
