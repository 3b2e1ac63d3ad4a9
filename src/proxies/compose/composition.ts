import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../../errors.ts';
import { type Container, labelled } from '../engine.ts';
import { ensureForwarder } from '../own/forwarder-image.ts';
import { forwarderProgram, MACHINE } from '../own/network.ts';
import type { Upstream } from '../own/upstream.ts';
import { makeRunFolder } from '../run-folder.ts';
import type { Surroundings } from '../target.ts';
import type { Compose } from './program.ts';
import { parseProject, withOrigin } from './project.ts';

/** Where a service listens that is probed. */
export interface Listener {
  /** As the user wrote it: `proxy:80`. */
  readonly text: string;
  readonly service: string;
  readonly port: number;
}

/** The services of one target, from their start to their removal. */
export class Composition {
  readonly #compose: Compose;
  readonly #file: string;
  readonly #upstreams: readonly Upstream[];
  readonly #forwarder: string;
  readonly #listener: Listener;
  readonly #project = `wsproof-${randomBytes(6).toString('hex')}`;
  #folder: string | undefined;

  /**
   * @param file the user's compose file
   * @param upstreams services that the origin takes the place of
   * @param forwarder the image of what stands behind their names
   */
  constructor(compose: Compose, file: string, upstreams: readonly Upstream[], forwarder: string, listener: Listener) {
    this.#compose = compose;
    this.#file = file;
    this.#upstreams = upstreams;
    this.#forwarder = forwarder;
    this.#listener = listener;
  }

  /**
   * Starts the services, with the origin in the place of some of them.
   *
   * @returns the container of the proxy
   * @throws EnvironmentError when they do not start; the signal's reason when it is aborted. {@link down} removes what is there then
   */
  async up(
    client: ContainerRuntimeClient,
    labels: Record<string, string>,
    { listenAs, runId, signal, tell }: Surroundings,
  ): Promise<Container> {
    const file = this.#file;
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

  /** Removes all that was started. @throws EnvironmentError */
  async down(): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return;
    try {
      await this.#compose.down(join(folder, 'compose.json'), this.#project);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
