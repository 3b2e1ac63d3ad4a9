import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../../errors.ts';
import { withDeadline } from '../../wire/mailbox.ts';
import { type Container, engineWords, removeContainer, removeNetwork } from '../engine.ts';
import type { Route } from '../forwarder-process.ts';
import { tar } from '../tar.ts';
import type { Surroundings } from '../target.ts';
import type { Upstream } from './upstream.ts';

/** How containers call the machine that the origin runs on; no configuration calls an upstream like this. */
export const MACHINE = 'wsproof-origin';
const PROGRAM = '/wsproof-forwarder.mjs';
/** ms until a forwarder listens. */
const PATIENCE = 15_000;

/** An upstream, and the port of this machine where the origin listens for it. */
interface Lead {
  readonly upstream: Upstream;
  readonly port: number;
}

function routesOf({ upstream: { host, port, loopback }, port: lead }: Lead): Route[] {
  const to = { host: MACHINE, port: lead };
  if (!loopback) return [{ from: { port }, to }];
  if (host !== 'localhost') return [{ from: { host, port }, to }];
  // RFC 6761 §6.3: it is both of them.
  return [
    { from: { host: '127.0.0.1', port }, to },
    { from: { host: '::1', port }, to, optional: true },
  ];
}

/** The program that passes bytes on: it is one file, and needs nothing else. */
export function forwarderProgram(): Promise<Buffer> {
  return readFile(new URL('../forwarder-process.js', import.meta.url));
}

/** Waits for all, so that nothing is under way any more when one has failed. */
async function settled(promises: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Groups of what has the same name. */
function byHost(leads: readonly Lead[]): Map<string, Lead[]> {
  const groups = new Map<string, Lead[]>();
  for (const lead of leads) groups.set(lead.upstream.host, [...(groups.get(lead.upstream.host) ?? []), lead]);
  return groups;
}

/**
 * A network in which the names of upstreams lead to the origin. Behind each name stands a container that passes bytes
 * on, because a name has no port: the origin is app:3000 and app:80 there, whatever listens on this machine. The engine's
 * own DNS has the names, so that `resolver 127.0.0.11` finds them as well.
 */
export class UpstreamNetwork {
  readonly name: string;
  readonly #client: ContainerRuntimeClient;
  readonly #image: string;
  readonly #labels: Record<string, string>;
  readonly #remove: () => Promise<void>;
  readonly #containers: Container[] = [];
  #leads: readonly Lead[] = [];

  private constructor(
    client: ContainerRuntimeClient,
    image: string,
    labels: Record<string, string>,
    network: { name: string; remove: () => Promise<void> },
  ) {
    this.#client = client;
    this.#image = image;
    this.#labels = labels;
    this.name = network.name;
    this.#remove = network.remove;
  }

  /**
   * Makes the network and, in it, what the names lead to.
   *
   * @param image with Node in it, for what stands behind the names
   * @throws EnvironmentError; nothing is left then
   */
  static async open(
    client: ContainerRuntimeClient,
    { all, image }: { readonly all: readonly Upstream[]; readonly image: string },
    labels: Record<string, string>,
    { runId, listenAs }: Pick<Surroundings, 'runId' | 'listenAs'>,
  ): Promise<UpstreamNetwork> {
    const name = `wsproof-${runId}-${randomBytes(3).toString('hex')}`;
    const network = await client.network.create({ Name: name, Labels: labels }).catch((error) => {
      throw new EnvironmentError(`A network for the upstreams cannot be made: ${engineWords(error)}.`);
    });
    const remove = (): Promise<void> => removeNetwork(network);
    const made = new UpstreamNetwork(client, image, labels, { name, remove });
    try {
      const leads = all.map(async (upstream) => ({ upstream, port: (await listenAs(upstream.name)).port }));
      made.#leads = await Promise.all(leads);
      const named = made.#leads.filter(({ upstream }) => !upstream.loopback);
      const forwarders = [...byHost(named)].map(([host, some]) =>
        made.#forward(some, {
          HostConfig: { NetworkMode: name, ExtraHosts: [...UpstreamNetwork.hosts] },
          NetworkingConfig: { EndpointsConfig: { [name]: { Aliases: [host] } } },
        }),
      );
      await settled(forwarders);
      return made;
    } catch (error) {
      await made.remove();
      throw error;
    }
  }

  /** Names that a container of this network needs beside those of the network itself. */
  static readonly hosts: readonly string[] = [`${MACHINE}:host-gateway`];

  /** Lets the loopback upstreams of a container lead to the origin; it has to run. @throws EnvironmentError */
  async serveLoopbackOf(container: Container): Promise<void> {
    const inside = this.#leads.filter(({ upstream }) => upstream.loopback);
    if (inside.length > 0) await this.#forward(inside, { HostConfig: { NetworkMode: `container:${container.id}` } });
  }

  async #forward(leads: readonly Lead[], how: object): Promise<void> {
    const names = leads.map(({ upstream }) => upstream.name).join(', ');
    try {
      const container = await this.#client.container.create({
        Image: this.#image,
        Entrypoint: ['node'],
        Cmd: [PROGRAM, JSON.stringify(leads.flatMap(routesOf))],
        Labels: this.#labels,
        ...how,
      });
      this.#containers.push(container);
      await container.putArchive(tar([{ path: PROGRAM, content: await forwarderProgram() }]), { path: '/' });
      await container.start();
      await this.#ready(container);
    } catch (error) {
      throw new EnvironmentError(`The origin cannot stand in for ${names}: ${engineWords(error)}.`);
    }
  }

  async #ready(container: Container): Promise<void> {
    const log = await this.#client.container.logs(container);
    let said = '';
    const ready = new Promise<void>((resolve, reject) => {
      log.on('data', (chunk) => {
        said += String(chunk);
        if (/^ready$/m.test(said)) resolve();
      });
      log.on('error', reject);
      log.on('end', () => reject(new Error(said.trim() || 'its container ended without a word')));
    });
    try {
      await withDeadline(ready, PATIENCE, 'a forwarder to listen');
    } finally {
      log.destroy();
    }
  }

  /** Removes all of it; the proxy's container has to be gone. @throws EnvironmentError */
  async remove(): Promise<void> {
    try {
      await Promise.all(this.#containers.map((container) => removeContainer(container)));
      await this.#remove();
    } catch (error) {
      throw new EnvironmentError(
        `The network ${this.name} could not be removed (${engineWords(error)}); remove it with "docker network rm ${this.name}".`,
      );
    }
  }
}
