import { parse } from 'yaml';
import { EnvironmentError, suggestion, UsageError } from '../../errors.ts';
import type { Route } from '../forwarder-process.ts';
import type { Upstream } from '../own/upstream.ts';

/** One service, as far as it matters here; what else there is goes through untouched. */
export interface Service {
  readonly image?: string;
  readonly networks?: Readonly<Record<string, unknown>> | readonly string[];
  readonly depends_on?: Readonly<Record<string, object>> | readonly string[];
  readonly labels?: Readonly<Record<string, string>> | readonly string[];
  readonly volumes?: readonly (
    | string
    | { readonly type?: string; readonly source?: string; readonly target?: string }
  )[];
  readonly [key: string]: unknown;
}

/** A compose file in which all is resolved (`docker compose config`). */
export interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, object | null>>;
  readonly volumes?: Readonly<Record<string, object | null>>;
  readonly [key: string]: unknown;
}

/** @throws EnvironmentError for what is none */
export function parseProject(text: string): Project {
  const project = parse(text) as Partial<Project> | null;
  if (!project?.services) throw new EnvironmentError('Compose has printed a configuration without services.');
  return project as Project;
}

/** @throws UsageError when there is no service of this name */
export function requireService({ services }: Project, name: string, flag: string): void {
  const names = Object.keys(services);
  if (names.includes(name)) return;
  throw new UsageError(
    `${flag}: there is no service "${name}" in the compose file.${suggestion(name, names)} There are: ${names.join(', ')}.`,
  );
}

/** What is put in the place of an upstream. */
export interface StandIn {
  readonly upstream: Upstream;
  /** Where the origin listens for it, on the machine that {@link StandIns.machine} leads to. */
  readonly port: number;
}

/** All that is put in the place of upstreams, and what it needs. */
export interface StandIns {
  readonly all: readonly StandIn[];
  /** With Node in it. */
  readonly image: string;
  /** The program that passes bytes on, and how it calls the origin's machine. */
  readonly program: string;
  readonly machine: string;
  readonly machineAddress: string;
}

/** A network that leads outside: those of the project may be internal. */
const OUTSIDE = 'wsproof-outside';

/** Compose replaces variables in what it reads; two dollars are one. */
const literal = (text: string): string => text.replaceAll('$', '$$$$');

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const networksOf = ({ networks = ['default'] }: Service): Record<string, unknown> =>
  isMap(networks) ? { ...networks } : Object.fromEntries((networks as readonly string[]).map((name) => [name, null]));

/** Nobody waits for the health of what has been replaced. */
function waitingFor(service: Service, replaced: readonly string[]): Service {
  const { depends_on: needs } = service;
  if (!isMap(needs)) return service;
  const changed = Object.entries(needs).map(([name, how]) => [
    name,
    replaced.includes(name) ? { ...(how as object), condition: 'service_started' } : how,
  ]);
  return { ...service, depends_on: Object.fromEntries(changed) };
}

/** As it is written, but for what would get in the way of the same project that runs already on this machine. */
function beside(service: Service, replaced: readonly string[], published: readonly string[]): Service {
  const { container_name: _name, ports: _ports, restart: _restart, ...kept } = service;
  const all = waitingFor(kept, replaced);
  return published.length > 0 ? { ...all, ports: published } : all;
}

function labelled<T extends Service | object>(part: T, labels: Readonly<Record<string, string>>): T {
  const { labels: own = {} } = part as Service;
  const list = isMap(own) ? own : Object.fromEntries((own as readonly string[]).map((one) => one.split(/=(.*)/s)));
  return { ...part, labels: { ...list, ...labels } };
}

/** In place of a service: it passes on to the origin what comes to its ports. */
function standInFor(leads: readonly StandIn[], networks: Record<string, unknown>, standIns: StandIns): Service {
  const { image, program, machine, machineAddress } = standIns;
  const routes = leads.map(
    ({ upstream, port }): Route => ({ from: { port: upstream.port }, to: { host: machine, port } }),
  );
  return {
    image,
    // Behind -e a program finds its arguments from the second place on as well, if the first is taken.
    entrypoint: ['node', '--input-type=module', '-e', literal(program), 'forwarder'],
    command: [literal(JSON.stringify(routes))],
    extra_hosts: [`${machine}:${machineAddress}`],
    networks: { ...networks, [OUTSIDE]: null },
  };
}

/**
 * The project with the origin in place of upstreams, and nothing of it published but one port of one service.
 *
 * A name that is no service gets one, in the networks of the proxy.
 *
 * @param proxy the service that is probed
 * @param published its port, as compose has it: `127.0.0.1::80`
 * @returns the project, and the services of it to be started
 */
export function withOrigin(
  project: Project,
  proxy: string,
  published: string,
  standIns: StandIns,
  labels: Readonly<Record<string, string>>,
): { project: Project; started: string[] } {
  const hosts = [...new Set(standIns.all.map(({ upstream }) => upstream.host))];
  const replaced = hosts.filter((host) => project.services[host]);
  const services = Object.entries(project.services)
    .filter(([name]) => !replaced.includes(name))
    .map(([name, service]) => [name, beside(service, replaced, name === proxy ? [published] : [])] as const);
  const stands = hosts.map((host) => {
    const old = project.services[host];
    const around = networksOf(project.services[proxy]!);
    const aliased = Object.fromEntries(Object.keys(around).map((name) => [name, { aliases: [host] }]));
    const leads = standIns.all.filter(({ upstream }) => upstream.host === host);
    // A name of the DNS is no name of a service.
    const name = old ? host : `wsproof-${host.replace(/[^a-z0-9]/gi, '-')}`;
    return [name, standInFor(leads, old ? networksOf(old) : aliased, standIns)] as const;
  });
  const external = (part: object | null): boolean => Boolean((part as { external?: unknown } | null)?.external);
  const marked = (parts: Readonly<Record<string, object | null>>): Record<string, object | null> =>
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, external(part) ? part : labelled(part ?? {}, labels)]),
    );
  const all = [...services, ...stands].map(([name, service]) => [name, labelled(service, labels)] as const);
  return {
    project: {
      ...project,
      services: Object.fromEntries(all),
      networks: marked({ default: null, ...project.networks, [OUTSIDE]: null }),
      ...(project.volumes ? { volumes: marked(project.volumes) } : {}),
    },
    started: [proxy, ...stands.map(([name]) => name)],
  };
}
