import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { EnvironmentError, UsageError } from '../errors.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';
import { withDeadline } from '../wire/mailbox.ts';
import { unlessAborted } from './abort.ts';
import { siteEndpoint } from './address.ts';
import type { ModuleWork, Notice, Order } from './module-process.ts';
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

/** A module in its process. */
class Process {
  readonly #child: ChildProcess;
  readonly #log = new Tail();
  readonly #first: Promise<Notice>;
  readonly #waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  #orders = 0;
  #obituary: string | undefined;

  constructor(work: ModuleWork) {
    this.#child = fork(new URL('./module-process.js', import.meta.url), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
    });
    this.#log.follow(this.#child.stdout!);
    this.#log.follow(this.#child.stderr!);
    this.#first = new Promise((resolve, reject) => {
      this.#child.on('message', (notice: Notice) => {
        if (notice.kind === 'done') this.#settle(notice);
        else if (notice.kind === 'died') {
          this.#obituary ??= `it threw an error that nobody caught: ${notice.why}`;
          this.#log.add(`${notice.stack}\n`);
        } else resolve(notice);
      });
      this.#child.on('error', (error) => {
        this.#obituary ??= `its process could not be started: ${error.message}`;
        // One that never was has no end either.
        if (this.#child.pid === undefined) reject(new Error(this.#obituary));
      });
      // Not 'exit': what it has printed and sent before its end comes first.
      this.#child.once('close', (code, signal) => {
        this.#obituary ??= `it ended its process with ${signal ?? `exit code ${code}`}`;
        for (const waiter of this.#waiting.values()) waiter.resolve();
        reject(new Error(this.#obituary));
      });
    });
    // Nobody may be waiting for it when it dies; its obituary is kept.
    this.#first.catch(() => {});
    this.#tell(work);
  }

  #tell(what: ModuleWork | Order): void {
    // One that has ended says so by 'close'.
    this.#child.send(what, () => {});
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
    this.#tell({ number, action });
    await done;
  }

  /** Resolves when it is gone. It is not asked. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

/** What the module says to its start. */
async function firstNotice(child: Process, name: string, signal: AbortSignal): Promise<Notice & { kind: 'started' }> {
  const first = withDeadline(child.first, PATIENCE, 'its start to be done').catch(() => {
    const why = child.obituary ?? `its start was not done within ${PATIENCE / 1000} s`;
    throw new EnvironmentError(`${name} did not start: ${why}.`, child.log);
  });
  const notice = await unlessAborted(first, signal);
  if (notice.kind === 'unusable') throw new UsageError(`${name} is not a proxy module: ${notice.why}.`);
  if (notice.kind === 'failed') throw new EnvironmentError(`${name} did not start: ${notice.why}.`, child.log);
  return notice as Notice & { kind: 'started' };
}

/**
 * Starts a module's proxy in a process of its own and waits until it lets a request through to the origin.
 *
 * @throws UsageError when the module is not one; EnvironmentError when it cannot be brought up
 */
export async function startModule(start: ModuleStart, surroundings: Surroundings): Promise<RunningTarget> {
  const { name, file, variant, transport } = start;
  const { origin, secondOrigin, certificates, signal, knocked } = surroundings;
  signal.throwIfAborted();
  const options: StartOptions = {
    origin: { host: origin.address ?? '127.0.0.1', port: origin.port, tlsPort: origin.tlsPort },
    ...(secondOrigin ? { secondOrigin: { host: '127.0.0.1', ...secondOrigin } } : {}),
    variant,
    tls: certificates.server,
    ...(start.options ? { options: start.options } : {}),
  };
  const child = new Process({ url: pathToFileURL(file).href, options });
  const obituary = async (): Promise<string | undefined> => child.obituary;
  let endpoint: Endpoint;
  let notice: Notice & { kind: 'started' };
  try {
    notice = await firstNotice(child, name, signal);
    const port = notice.ports[transport];
    if (port === undefined) {
      const served = Object.keys(notice.ports).join(', ') || 'none';
      throw new UsageError(`${name} does not serve the transport ${transport}; it serves ${served}.`);
    }
    endpoint = siteEndpoint(transport, '127.0.0.1', port, certificates.ca);
    const why = await notReady(endpoint, { signal, obituary, knocked }).catch((error) => {
      throw error instanceof Died
        ? new EnvironmentError(`${name} stopped before it was ready: ${error.message}.`, child.log)
        : error;
    });
    if (why !== undefined) throw new EnvironmentError(`${name} is not ready: it ${why.words}.`, child.log);
  } catch (error) {
    await child.end();
    throw error;
  }
  return {
    endpoint,
    ...(notice.version === undefined ? {} : { version: notice.version }),
    log: async () => child.log,
    obituary,
    terminate: () => child.order('close'),
    ...(notice.reloads ? { reload: () => withDeadline(child.order('reload'), PATIENCE, `${name} to reload`) } : {}),
    async stop() {
      await withDeadline(child.order('close'), PATIENCE, `${name} to close`).catch(() => {});
      await child.end();
    },
  };
}
