import { connect } from 'node:net';
import { hostname } from 'node:os';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../errors.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { unlessAborted } from './abort.ts';
import { siteEndpoint } from './address.ts';
import { type ContainerStart, LimitRefused, ProxyContainer } from './container.ts';
import { type Container, openEngine } from './engine.ts';
import { HOST, isExpired, labelsFor } from './labels.ts';
import { ensureForwarder } from './own/forwarder-image.ts';
import { UpstreamNetwork } from './own/network.ts';
import { ensureImage } from './pull.ts';
import { Died, notReady, type Obstacle, type Readiness } from './ready.ts';
import { sweep } from './sweep.ts';
import { tellingLine } from './tail.ts';
import type { RunningTarget, Surroundings } from './target.ts';
import { Watchdog } from './watchdog.ts';

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

/**
 * Removes what runs on this machine have left behind and whose time is over.
 *
 * @returns how many containers
 * @throws the engine's error
 */
export async function sweepExpired(client: ContainerRuntimeClient): Promise<number> {
  return sweep(client, `${HOST}=${hostname()}`, isExpired);
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

/**
 * The containers of the targets that were loaded together: it brings them up and sees to it that none is left.
 * Each has one owner, the running target; when this process ends without a word, the watchdog is the heir.
 */
export class Containers {
  readonly #watchdogs = new Map<string, Watchdog>();
  readonly #budget: number | undefined;
  #swept: Promise<unknown> | undefined;
  #limited = true;
  readonly #pull: boolean;
  /** By name: images that were pulled anew. */
  readonly #pulled = new Map<string, Promise<void>>();

  /**
   * @param budget ms that a proxy has to get ready in
   * @param pull pull images though they are here, each once
   */
  constructor(budget?: number, pull = false) {
    this.#budget = budget;
    this.#pull = pull;
  }

  /**
   * Starts a proxy in a container and waits until it lets a request through to the origin.
   *
   * @throws EnvironmentError when it cannot be brought up; the signal's reason when it is aborted. Nothing is left then
   */
  async start(start: ContainerStart, surroundings: Surroundings): Promise<RunningTarget> {
    const { signal, runId, keep = false } = surroundings;
    const client = await unlessAborted(openEngine(), signal);
    // What cannot be swept today is swept another day.
    this.#swept ??= sweepExpired(client).catch(() => {});
    await unlessAborted(this.#swept, signal);
    await this.#ensureImage(client, start, surroundings);
    if (start.upstreams) await ensureForwarder(client, start.upstreams.image, surroundings);

    const watchdog = keep ? undefined : this.#watchdog(runId);
    surroundings.tell(`starting ${start.image}`);
    try {
      return await this.#startGuarded(client, start, surroundings, watchdog);
    } catch (error) {
      if (!(error instanceof LimitRefused)) throw error;
      // Its own limit will have to do.
      this.#limited = false;
      return await this.#startGuarded(client, start, surroundings, watchdog);
    }
  }

  #ensureImage(client: ContainerRuntimeClient, start: ContainerStart, surroundings: Surroundings): Promise<void> {
    if (!this.#pull) return ensureImage(client, start, surroundings);
    const pulled = this.#pulled.get(start.image) ?? ensureImage(client, start, { ...surroundings, anew: true });
    this.#pulled.set(start.image, pulled);
    return pulled;
  }

  async #startGuarded(
    client: ContainerRuntimeClient,
    start: ContainerStart,
    surroundings: Surroundings,
    watchdog: Watchdog | undefined,
  ): Promise<RunningTarget> {
    const { runId, keep = false } = surroundings;
    const labels = labelsFor(runId, start.name, keep);
    watchdog?.guard();
    let network: UpstreamNetwork | undefined;
    let container: ProxyContainer;
    try {
      network = start.upstreams && (await UpstreamNetwork.open(client, start.upstreams, labels, surroundings));
      const { address } = surroundings.origin;
      const where = { network: network?.name, ...(address === undefined ? {} : { origin: address }) };
      container = await ProxyContainer.create(client, start, labels, this.#limited, where);
    } catch (error) {
      try {
        await network?.remove();
        watchdog?.release();
      } catch {
        // What cannot be removed now is left to the watchdog: why it did not start is what is to be told.
      }
      throw error;
    }
    const remove = async (): Promise<void> => {
      await container.remove();
      await network?.remove();
      watchdog?.release();
    };
    let removal: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      removal ??= remove();
      return removal;
    };
    try {
      surroundings.signal.throwIfAborted();
      await container.run(surroundings, surroundings.certificates);
      await network?.serveLoopbackOf(container.handle);
      return await this.#whenReady(container, start, surroundings, keep ? async () => {} : stop);
    } catch (error) {
      await stop();
      throw error;
    }
  }

  #watchdog(runId: string): Watchdog {
    const watchdog = this.#watchdogs.get(runId) ?? new Watchdog(runId);
    this.#watchdogs.set(runId, watchdog);
    return watchdog;
  }

  /**
   * Lets somebody else bring a container up, and takes it over.
   *
   * @param up starts it, with labels for all that it makes, and says what it is
   * @param down removes all of it, also when it has not come up; not called for what is to be kept
   * @throws EnvironmentError when it does not come up; the signal's reason when it is aborted. Nothing is left then
   */
  async adopt(
    start: ContainerStart,
    surroundings: Surroundings,
    up: (client: ContainerRuntimeClient, labels: Record<string, string>) => Promise<Container>,
    down: () => Promise<void>,
  ): Promise<RunningTarget> {
    const { signal, runId, keep = false } = surroundings;
    const client = await unlessAborted(openEngine(), signal);
    const watchdog = keep ? undefined : this.#watchdog(runId);
    watchdog?.guard();
    let removal: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      removal ??= down().then(() => watchdog?.release());
      return removal;
    };
    try {
      const container = ProxyContainer.adopt(client, await up(client, labelsFor(runId, start.name, keep)), start);
      return await this.#whenReady(container, start, surroundings, keep ? async () => {} : stop);
    } catch (error) {
      await stop();
      throw error;
    }
  }

  async #whenReady(
    container: ProxyContainer,
    start: ContainerStart,
    surroundings: Surroundings,
    stop: () => Promise<void>,
  ): Promise<RunningTarget> {
    const { signal, certificates, knocked } = surroundings;
    const obituary = (): Promise<string | undefined> => container.obituary();
    const { own, published, gateway } = await container.addresses();
    // The engine's relay in front of a published port answers before the proxy listens, and changes how connections end.
    const address = own && (await isReachable(own.host, own.port)) ? own : published;
    if (!address) throw await this.#failed(container, start, (await obituary()) ?? 'has no address');
    const readiness: Readiness = {
      signal,
      obituary,
      knocked,
      ...(this.#budget === undefined ? {} : { budget: this.#budget }),
      ...(start.settled === undefined ? {} : { settled: start.settled }),
    };
    const getReady = async (): Promise<[Endpoint, Obstacle | undefined]> => {
      const endpoint = await (start.reach?.(address, readiness) ??
        siteEndpoint(start.transport, address.host, address.port, certificates.ca));
      return [endpoint, await notReady(endpoint, readiness)];
    };
    const [endpoint, why] = await getReady().catch(async (error) => {
      throw error instanceof Died ? await this.#failed(container, start, error.message) : error;
    });
    if (why) {
      const log = await container.log();
      const advice = start.advice?.(log);
      // What answers by itself in a configuration of the user's is to be probed: that is what they want to know.
      if (why.rank < 3 || start.settled === undefined || advice !== undefined) {
        throw new EnvironmentError(
          `${start.name} is not ready: it ${why.words}. ${advice ?? hintFor(why, start)}`.trim(),
          log,
        );
      }
    }
    const [version, digest] = await unlessAborted(Promise.all([container.version(), container.digest()]), signal);
    return {
      endpoint,
      image: start.image,
      ...(version === undefined ? {} : { version }),
      ...(digest === undefined ? {} : { digest }),
      ...(own === undefined ? {} : { inside: own }),
      // The engine's own network stays the same from run to run; others are made for one.
      ...(gateway === undefined || start.reach === undefined ? {} : { seesClientAs: gateway }),
      log: () => container.log(),
      obituary,
      ...(start.reload ? { reload: () => container.reload() } : {}),
      terminate: () => container.terminate(),
      memory: () => container.memory(),
      stop,
    };
  }

  async #failed(container: ProxyContainer, start: ContainerStart, obituary: string): Promise<EnvironmentError> {
    const log = await container.log();
    const advice = start.advice?.(log);
    const said = `${start.name} did not start, it ${obituary}${tellingLine(log, start.files)}`;
    return new EnvironmentError(advice === undefined ? said : `${said.replace(/\.?$/, '.')} ${advice}`, log);
  }
}
