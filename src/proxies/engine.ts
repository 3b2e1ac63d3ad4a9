import { connect } from 'node:net';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../errors.ts';
import { withDeadline } from '../wire/mailbox.ts';

/** The engine's words without the envelope that its client puts around them. */
export function engineWords(error: unknown): string {
  return (error as Error).message
    .replace(/^\(HTTP code \d+\) [^-]* - /, '')
    .trim()
    .replace(/\.$/, '');
}

/** A handle on one container. */
export type Container = Awaited<ReturnType<ContainerRuntimeClient['container']['create']>>;

/** ms for the engine's first answer. */
const PATIENCE = 10_000;
const DEFAULT_SOCKET = '/var/run/docker.sock';

const START =
  'Start Docker (or Podman with its Docker socket), or run targets that need no container: http-proxy, an address.';

/** Where the engine is to be found, as far as we can say: what DOCKER_HOST says, else the usual socket. */
function place(host: string | undefined): { path: string } | { host: string; port: number } | undefined {
  if (!host) return { path: DEFAULT_SOCKET };
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (url?.protocol === 'unix:' || url?.protocol === 'npipe:') return { path: url.pathname };
  if (url && /^(tcp|https?):$/.test(url.protocol)) return { host: url.hostname, port: Number(url.port) || 2375 };
  return undefined;
}

/** The system's code for a failed connection, or undefined when there is one. */
function knock(where: { path: string } | { host: string; port: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(where);
    const end = (code: string | undefined): void => {
      socket.destroy();
      resolve(code);
    };
    socket.setTimeout(3000, () => end('ETIMEDOUT'));
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

/** Why there is no engine at this place, as sentences; undefined when somebody answers there. */
async function fault(host: string | undefined): Promise<string | undefined> {
  const where = place(host);
  if (!where) return `DOCKER_HOST is "${host}", and only unix:// and tcp:// addresses can be used.`;
  const code = await knock(where);
  if (code === undefined) return undefined;
  const name = 'path' in where ? where.path : `${where.host}:${where.port}`;
  const from = host ? ` (from DOCKER_HOST)` : '';
  if (code === 'ENOENT') return `There is no Docker engine: the socket ${name}${from} does not exist. ${START}`;
  if (code === 'EACCES' || code === 'EPERM') {
    return `The Docker socket ${name}${from} may not be opened by this user; join its group ("sudo usermod -aG docker $USER", then log in again).`;
  }
  if (code === 'ECONNREFUSED') return `No Docker engine answers at ${name}${from}; the daemon is not running. ${START}`;
  return `The Docker engine at ${name}${from} cannot be reached (${code}). ${START}`;
}

/**
 * Finds the container engine. It is looked for where testcontainers looks, except that a DOCKER_HOST that leads
 * nowhere is an error: another engine than the one that was asked for is none.
 *
 * The engine's client is used rather than `GenericContainer`: that publishes ports on all addresses of the machine, and
 * takes ten seconds to tell that a container has ended at once (docs/decisions/0003).
 *
 * @throws EnvironmentError with the next step
 */
export async function openEngine(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ContainerRuntimeClient> {
  const host = env.DOCKER_HOST;
  const before = host ? await fault(host) : undefined;
  if (before !== undefined) throw new EnvironmentError(before);
  // Loading it takes most of a second, and most commands need no container.
  const { getContainerRuntimeClient } = await import('testcontainers');
  const found = withDeadline(getContainerRuntimeClient(), PATIENCE, 'an answer of the Docker engine');
  const client = await found.catch(() => undefined);
  if (client && (!host || leadsTo(client, host))) return client;
  throw new EnvironmentError(
    (await fault(host)) ?? `${host ?? DEFAULT_SOCKET} does not answer as a Docker engine does. ${START}`,
  );
}

/** What is asked of docker-modem. */
interface Dial {
  readonly path: string;
  readonly method: 'GET' | 'DELETE';
  readonly options: object;
  readonly abortSignal?: AbortSignal;
  readonly statusCodes: Readonly<Record<number, true | string>>;
}

interface Listed {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>>;
}

/** A volume has no id. */
interface ListedVolume {
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>> | null;
}

/** docker-modem, which carries what the client asks to the engine. */
interface Modem {
  readonly socketPath?: string;
  readonly host?: string;
  dial(what: Dial, done: (error: Error | null, answer: unknown) => void): void;
}

/** A handle asks for nothing until it is used, and every one has the modem. */
const modemOf = (client: ContainerRuntimeClient): Modem => (client.container.getById('any') as { modem: Modem }).modem;

/** Whether the client speaks to this engine, and has not fallen back to another one that answers. */
function leadsTo(client: ContainerRuntimeClient, host: string): boolean {
  const { socketPath, host: name } = modemOf(client);
  const where = place(host);
  return where !== undefined && ('path' in where ? socketPath === where.path : name === where.host);
}

function ask<T>(
  client: ContainerRuntimeClient,
  what: Pick<Dial, 'path' | 'method' | 'options'>,
  signal: AbortSignal | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const statusCodes = {
      200: true,
      204: true,
      400: 'bad parameter',
      404: true,
      409: 'conflict',
      500: 'server error',
    } as const;
    const dial: Dial = { ...what, statusCodes, ...(signal ? { abortSignal: signal } : {}) };
    modemOf(client).dial(dial, (error, answer) => (error ? reject(error) : resolve(answer as T)));
  });
}

/** All containers with this label, whatever their state: the client can list only those that run. */
export function labelled(client: ContainerRuntimeClient, label: string, signal?: AbortSignal): Promise<Listed[]> {
  const options = { all: true, filters: { label: [label] } };
  return ask(client, { path: '/containers/json?', method: 'GET', options }, signal);
}

/** All networks with this label. */
export function labelledNetworks(
  client: ContainerRuntimeClient,
  label: string,
  signal?: AbortSignal,
): Promise<Listed[]> {
  return ask(client, { path: '/networks?', method: 'GET', options: { filters: { label: [label] } } }, signal);
}

/** All volumes with this label. */
export async function labelledVolumes(
  client: ContainerRuntimeClient,
  label: string,
  signal?: AbortSignal,
): Promise<readonly ListedVolume[]> {
  const options = { filters: { label: [label] } };
  const found = await ask<{ Volumes: ListedVolume[] | null }>(
    client,
    { path: '/volumes?', method: 'GET', options },
    signal,
  );
  return found.Volumes ?? [];
}

/**
 * Removes a volume; no container may use it any more. That it is gone already is no error.
 *
 * @throws the engine's error
 */
export async function removeVolume(client: ContainerRuntimeClient, name: string, signal?: AbortSignal): Promise<void> {
  await ask(client, { path: `/volumes/${encodeURIComponent(name)}`, method: 'DELETE', options: {} }, signal);
}

/**
 * Ends a container at once and removes it with its volumes. That it is gone already is no error.
 *
 * @throws the engine's error
 */
export async function removeContainer(container: Pick<Container, 'remove'>, signal?: AbortSignal): Promise<void> {
  try {
    await container.remove({ force: true, v: true, ...(signal ? { abortSignal: signal } : {}) });
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    // 404: it is gone. 409: somebody is removing it already.
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}

/**
 * Removes a network; no container may be in it any more. That it is gone already is no error.
 *
 * @throws the engine's error
 */
export async function removeNetwork(network: { remove(): Promise<unknown> }): Promise<void> {
  try {
    await network.remove();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
}
