// Runs a module proxy in a thread of its own, so that an error which nobody catches is its end and not ours.
import { parentPort, workerData } from 'node:worker_threads';
import type { ModuleProxy, ModuleRun, StartOptions } from './proxy.ts';

/** What the thread is asked to do. */
export interface Order {
  readonly number: number;
  readonly action: 'reload' | 'close';
}

/** What the thread says. */
export type Notice =
  | {
      readonly kind: 'started';
      readonly ports: ModuleRun['ports'];
      readonly version?: string;
      readonly reloads: boolean;
    }
  /** The module cannot be used as it is. */
  | { readonly kind: 'unusable'; readonly why: string }
  /** The module is right, and its start failed. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'done'; readonly number: number; readonly error?: string };

export interface ModuleWork {
  /** The module's address, `file:`. */
  readonly url: string;
  readonly options: StartOptions;
}

const { url, options } = workerData as ModuleWork;
const port = parentPort!;
const say = (notice: Notice): void => port.postMessage(notice);
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isModuleProxy(value: unknown): value is ModuleProxy {
  return typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'function';
}

async function load(): Promise<ModuleProxy | undefined> {
  let module: { default?: unknown };
  try {
    module = (await import(url)) as { default?: unknown };
  } catch (error) {
    say({ kind: 'unusable', why: `it cannot be loaded: ${words(error)}` });
    return undefined;
  }
  if (isModuleProxy(module.default)) return module.default;
  const exported = Object.keys(module).join(', ') || 'nothing';
  say({
    kind: 'unusable',
    why: `its default export has to be { name, start(options) }, but ${module.default === undefined ? `it exports ${exported}` : 'there is no start in it'}`,
  });
  return undefined;
}

async function obey(run: ModuleRun, { number, action }: Order): Promise<void> {
  try {
    await run[action]?.();
    say({ kind: 'done', number });
  } catch (error) {
    say({ kind: 'done', number, error: words(error) });
  }
}

const proxy = await load();
if (proxy) {
  try {
    const run = await proxy.start(options);
    if (typeof run?.ports !== 'object' || typeof run.close !== 'function') {
      say({ kind: 'unusable', why: 'its start has to return { ports, close() }' });
    } else {
      port.on('message', (order: Order) => void obey(run, order));
      const { ports, version } = run;
      say({ kind: 'started', ports, ...(version === undefined ? {} : { version }), reloads: run.reload !== undefined });
    }
  } catch (error) {
    say({ kind: 'failed', why: words(error) });
  }
}
