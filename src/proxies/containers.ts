import { hostname } from 'node:os';
import type { ContainerRuntimeClient } from 'testcontainers';
import { unlessAborted } from './abort.ts';
import { type ContainerStart, LimitRefused, ProxyContainer } from './container.ts';
import { whenReady } from './container-ready.ts';
import { type Container, openEngine } from './engine.ts';
import { HOST, isExpired, labelsFor } from './labels.ts';
import { ensureForwarder } from './own/forwarder-image.ts';
import { UpstreamNetwork } from './own/network.ts';
import { ensureImage } from './pull.ts';
import { sweep } from './sweep.ts';
import type { RunningTarget, Surroundings } from './target.ts';
import { Watchdog } from './watchdog.ts';

/**
 * Removes what runs on this machine have left behind and whose time is over.
 *
 * @returns how many containers
 * @throws the engine's error
 */
export async function sweepExpired(client: ContainerRuntimeClient): Promise<number> {
  return sweep(client, `${HOST}=${hostname()}`, isExpired);
}

/**
 * The containers of the targets that were loaded together: it brings them up and sees to it that none is left.
 * Each has one owner, the running target; when this process ends without a word, the watchdog is the heir.
 */
export class Containers {
  readonly #watchdogs = new Map<string, Watchdog>();
  /** What is said of how long a proxy may take to get ready. */
  readonly #readiness: { readonly budget?: number };
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
    this.#readiness = budget === undefined ? {} : { budget };
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
    const up = async (): Promise<ProxyContainer> => {
      surroundings.signal.throwIfAborted();
      await container.run(surroundings, surroundings.certificates);
      await network?.serveLoopbackOf(container.handle);
      return container;
    };
    return this.#own(start, surroundings, up, remove);
  }

  /** A container from its start until it is a target. When that fails, and when the target is stopped, it is removed, once. */
  async #own(
    start: ContainerStart,
    surroundings: Surroundings,
    up: () => Promise<ProxyContainer>,
    remove: () => Promise<void>,
  ): Promise<RunningTarget> {
    let removal: Promise<void> | undefined;
    const removed = (): Promise<void> => {
      removal ??= remove();
      return removal;
    };
    const stop = surroundings.keep ? async () => {} : removed;
    try {
      return await whenReady({ container: await up(), start, surroundings, ...this.#readiness, stop });
    } catch (error) {
      await removed();
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
    const labels = labelsFor(runId, start.name, keep);
    const adopted = async (): Promise<ProxyContainer> => ProxyContainer.adopt(client, await up(client, labels), start);
    return this.#own(start, surroundings, adopted, () => down().then(() => watchdog?.release()));
  }
}
