// Runs a module proxy in a process of its own: an error which nobody catches is its end and not ours, and it can be ended
// whatever it does. A thread cannot: its teardown waits for ever for a socket that was reset while it was being shut down.
import type { ModuleProxy, ModuleRun, StartOptions } from './proxy.ts';

/** What the process is asked to do. */
export interface Order {
  readonly number: number;
  readonly action: 'reload' | 'close';
}

/** What the process says. */
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
  | { readonly kind: 'done'; readonly number: number; readonly error?: string }
  /** An error that nobody caught. */
  | { readonly kind: 'died'; readonly why: string; readonly stack: string };

/** What the process is to run: the first thing that it is sent. */
export interface ModuleWork {
  /** The module's address, `file:`. */
  readonly url: string;
  readonly options: StartOptions;
}

const say = (notice: Notice, then: () => void = () => {}): void => void process.send!(notice, then);
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isModuleProxy(value: unknown): value is ModuleProxy {
  return typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'function';
}

async function load(url: string): Promise<ModuleProxy | undefined> {
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

async function work({ url, options }: ModuleWork): Promise<void> {
  const proxy = await load(url);
  if (!proxy) return;
  try {
    const run = await proxy.start(options);
    if (typeof run?.ports !== 'object' || typeof run.close !== 'function') {
      say({ kind: 'unusable', why: 'its start has to return { ports, close() }' });
      return;
    }
    process.on('message', (order: Order) => void obey(run, order));
    const { ports, version } = run;
    say({ kind: 'started', ports, ...(version === undefined ? {} : { version }), reloads: run.reload !== undefined });
  } catch (error) {
    say({ kind: 'failed', why: words(error) });
  }
}

process.on('uncaughtException', (error) => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say({ kind: 'died', why: words(error), stack }, () => process.exit(1));
});
// Whoever presses Ctrl-C means all of the group; this one ends when it is told to, or when nobody is left to tell it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.once('disconnect', () => process.exit());
process.once('message', (what: ModuleWork) => void work(what));
