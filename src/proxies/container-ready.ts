import { connect } from 'node:net';
import { EnvironmentError } from '../errors.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { unlessAborted } from './abort.ts';
import { siteEndpoint } from './address.ts';
import type { Address, ContainerStart, ProxyContainer } from './container.ts';
import { Died, notReady, type Obstacle, type Readiness } from './ready.ts';
import { tellingLine } from './tail.ts';
import type { RunningTarget, Surroundings } from './target.ts';

/** A container that has been started, and what it was started as. */
export interface Started {
  readonly container: ProxyContainer;
  readonly start: ContainerStart;
  readonly surroundings: Surroundings;
  /** ms that it has to get ready in. Default: as for every proxy. */
  readonly budget?: number;
  /** What removes it. */
  readonly stop: () => Promise<void>;
}

/** ms for the question whether a container's own address can be reached from here. */
const REACHABLE_WITHIN = 1000;

/** Whether packets for this address come to its machine, be it that nobody listens there yet. */
function isReachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reachable: boolean): void => {
      socket.destroy();
      resolve(reachable);
    };
    socket.setTimeout(REACHABLE_WITHIN, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'));
  });
}

/** What may be wrong beside the configuration. */
function hintFor({ rank }: Obstacle, { settled }: ContainerStart): string {
  // Only what is the user's own is judged by what it answers: then the port is what they have said, or the usual one.
  if (rank === 0 && settled !== undefined)
    return 'If it listens on another port, name that one: --port, or --service NAME:PORT for a compose file.';
  // Host firewalls commonly let the machine into the containers and not the containers to the machine.
  if (rank === 0) return '';
  if (rank === 2) return 'Does this port expect something before a request: TLS, or a PROXY protocol header?';
  return 'If its configuration is right, a firewall may keep containers from this machine.';
}

/** Why it is gone, with what its log tells of that. */
async function failed({ container, start }: Started, obituary: string): Promise<EnvironmentError> {
  const log = await container.log();
  const advice = start.advice?.(log);
  const said = `${start.name} did not start, it ${obituary}${tellingLine(log, start.files)}`;
  return new EnvironmentError(advice === undefined ? said : `${said.replace(/\.?$/, '.')} ${advice}`, log);
}

/** How a container is asked at its address, when it answers. @throws EnvironmentError when it does not; Died when it is gone */
async function endpointAt(address: Address, { container, start, surroundings, budget }: Started): Promise<Endpoint> {
  const { signal, certificates, knocked } = surroundings;
  const readiness: Readiness = {
    signal,
    obituary: () => container.obituary(),
    knocked,
    ...(budget === undefined ? {} : { budget }),
    ...(start.settled === undefined ? {} : { settled: start.settled }),
  };
  const endpoint = await (start.reach?.(address, readiness) ??
    siteEndpoint(start.transport, address.host, address.port, certificates.ca));
  const why = await notReady(endpoint, readiness);
  if (!why) return endpoint;
  const log = await container.log();
  const advice = start.advice?.(log);
  // What answers by itself in a configuration of the user's is to be probed: that is what they want to know.
  if (why.rank >= 3 && start.settled !== undefined && advice === undefined) return endpoint;
  throw new EnvironmentError(
    `${start.name} is not ready: it ${why.words}. ${advice ?? hintFor(why, start)}`.trim(),
    log,
  );
}

/**
 * Waits until a container lets a request through to the origin.
 *
 * @throws EnvironmentError when it does not, or is gone; the signal's reason when it is aborted
 */
export async function whenReady(started: Started): Promise<RunningTarget> {
  const { container, start, surroundings, stop } = started;
  const { own, published, gateway } = await container.addresses();
  // The engine's relay in front of a published port answers before the proxy listens, and changes how connections end.
  const address = own && (await isReachable(own.host, own.port)) ? own : published;
  if (!address) throw await failed(started, (await container.obituary()) ?? 'has no address');
  const endpoint = await endpointAt(address, started).catch(async (error) => {
    throw error instanceof Died ? await failed(started, error.message) : error;
  });
  const asked = Promise.all([container.version(), container.digest()]);
  const [version, digest] = await unlessAborted(asked, surroundings.signal);
  return {
    endpoint,
    image: start.image,
    ...(version === undefined ? {} : { version }),
    ...(digest === undefined ? {} : { digest }),
    ...(own === undefined ? {} : { inside: own }),
    // The engine's own network stays the same from run to run; others are made for one.
    ...(gateway === undefined || start.reach === undefined ? {} : { seesClientAs: gateway }),
    log: () => container.log(),
    obituary: () => container.obituary(),
    ...(start.reload ? { reload: () => container.reload() } : {}),
    terminate: () => container.terminate(),
    memory: () => container.memory(),
    stop,
  };
}
