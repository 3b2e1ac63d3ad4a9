import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EnvironmentError, UsageError } from '../errors.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';
import { withDeadline } from '../wire/mailbox.ts';
import { unlessAborted } from './abort.ts';
import { siteEndpoint } from './address.ts';
import type { ModuleWork, Notice, Order } from './module-worker.ts';
import type { StartOptions } from './proxy.ts';
import { Died, notReady } from './ready.ts';
import { Tail } from './tail.ts';
import type { RunningTarget, Surroundings } from './target.ts';

/** ms for the module's start, reload and close. */
const PATIENCE = 15_000;

/** What is to be started. */
export interface ModuleStart {
  /** How messages call it. */
  readonly name: string;
  readonly file: string;
  readonly variant: string;
  readonly transport: Transport;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A module in its thread. */
class Thread {
  readonly #worker: Worker;
  readonly #log = new Tail();
  readonly #first: Promise<Notice>;
  readonly #waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  #orders = 0;
  #obituary: string | undefined;

  constructor(work: ModuleWork) {
    this.#worker = new Worker(new URL('./module-worker.js', import.meta.url), {
      workerData: work,
      stdout: true,
      stderr: true,
    });
    this.#log.follow(this.#worker.stdout);
    this.#log.follow(this.#worker.stderr);
    this.#first = new Promise((resolve, reject) => {
      this.#worker.on('message', (notice: Notice) => {
        if (notice.kind === 'done') this.#settle(notice);
        else resolve(notice);
      });
      this.#worker.on('error', (error) => {
        this.#obituary ??= `it threw an error that nobody caught: ${String((error as Error)?.message ?? error)}`;
        this.#log.add(`${(error as Error)?.stack ?? error}\n`);
      });
      this.#worker.on('exit', (code) => {
        this.#obituary ??= `it ended its thread with exit code ${code}`;
        for (const waiter of this.#waiting.values()) waiter.resolve();
        reject(new Error(this.#obituary));
      });
    });
    this.#first.catch(() => {});
  }

  get log(): string {
    return this.#log.text;
  }

  get obituary(): string | undefined {
    return this.#obituary;
  }

  /** The first thing that it says. Rejects with its obituary when it says nothing. */
  get first(): Promise<Notice> {
    return this.#first;
  }

  #settle({ number, error }: Notice & { kind: 'done' }): void {
    const waiter = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (error === undefined) waiter?.resolve();
    else waiter?.reject(new Error(error));
  }

  /** Resolves when it has obeyed, or is gone. */
  async order(action: Order['action']): Promise<void> {
    if (this.#obituary !== undefined) return;
    const number = this.#orders++;
    const done = new Promise<void>((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    this.#worker.postMessage({ number, action } satisfies Order);
    await done;
  }

  async end(): Promise<void> {
    if (this.#obituary === undefined) await this.#worker.terminate();
  }
}

/** What the module says to its start. */
async function firstNotice(thread: Thread, name: string, signal: AbortSignal): Promise<Notice & { kind: 'started' }> {
  const first = withDeadline(thread.first, PATIENCE, 'its start to be done').catch(() => {
    const why = thread.obituary ?? `its start was not done within ${PATIENCE / 1000} s`;
    throw new EnvironmentError(`${name} did not start: ${why}.`, thread.log);
  });
  const notice = await unlessAborted(first, signal);
  if (notice.kind === 'unusable') throw new UsageError(`${name} is not a proxy module: ${notice.why}.`);
  if (notice.kind === 'failed') throw new EnvironmentError(`${name} did not start: ${notice.why}.`, thread.log);
  return notice as Notice & { kind: 'started' };
}

/**
 * Starts a module's proxy in a thread of its own and waits until it lets a request through to the origin.
 *
 * @throws UsageError when the module is not one; EnvironmentError when it cannot be brought up
 */
export async function startModule(start: ModuleStart, surroundings: Surroundings): Promise<RunningTarget> {
  const { name, file, variant, transport } = start;
  const { origin, secondOrigin, certificates, signal } = surroundings;
  signal.throwIfAborted();
  const options: StartOptions = {
    origin: { host: origin.address ?? '127.0.0.1', port: origin.port, tlsPort: origin.tlsPort },
    ...(secondOrigin ? { secondOrigin: { host: '127.0.0.1', ...secondOrigin } } : {}),
    variant,
    tls: certificates.server,
    ...(start.options ? { options: start.options } : {}),
  };
  const thread = new Thread({ url: pathToFileURL(file).href, options });
  const obituary = async (): Promise<string | undefined> => thread.obituary;
  let endpoint: Endpoint;
  let notice: Notice & { kind: 'started' };
  try {
    notice = await firstNotice(thread, name, signal);
    const port = notice.ports[transport];
    if (port === undefined) {
      const served = Object.keys(notice.ports).join(', ') || 'none';
      throw new UsageError(`${name} does not serve the transport ${transport}; it serves ${served}.`);
    }
    endpoint = siteEndpoint(transport, '127.0.0.1', port, certificates.ca);
    const why = await notReady(endpoint, { signal, obituary }).catch((error) => {
      throw error instanceof Died
        ? new EnvironmentError(`${name} stopped before it was ready: ${error.message}.`, thread.log)
        : error;
    });
    if (why !== undefined) throw new EnvironmentError(`${name} is not ready: it ${why.words}.`, thread.log);
  } catch (error) {
    await thread.end();
    throw error;
  }
  return {
    endpoint,
    ...(notice.version === undefined ? {} : { version: notice.version }),
    log: async () => thread.log,
    obituary,
    terminate: () => thread.order('close'),
    ...(notice.reloads ? { reload: () => withDeadline(thread.order('reload'), PATIENCE, `${name} to reload`) } : {}),
    async stop() {
      await withDeadline(thread.order('close'), PATIENCE, `${name} to close`).catch(() => {});
      await thread.end();
    },
  };
}
