// Runs one program in a process group of its own, and sees to it that nothing is left of it when whoever started it is gone.
// Its argument is a Charge as JSON.
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';

/** What a guard is to run. */
export interface Charge {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Is removed in the end. */
  readonly folder: string;
  /** A file for what it says: unlike a pipe of ours, one that a program can open once more as /dev/stderr. */
  readonly log: string;
  /** Who runs it. Default: the user of this process. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** What it says. */
export type Word =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'ended'; readonly how: string };

/** ms that a program has for an orderly end. */
const PATIENCE = 1500;

const { command, env, folder, log, user } = JSON.parse(process.argv[2]!) as Charge;
const [program = '', ...args] = command;
const out = openSync(log, 'a');
const child = spawn(program, args, {
  ...user,
  cwd: folder,
  env,
  detached: true,
  stdio: ['ignore', out, out],
});
const say = (word: Word): void => void (process.connected && process.send?.(word));

/** All that it has started is in its group. */
function signal(name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // They are gone.
  }
}

function leave(): void {
  signal('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

function end(): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return leave();
  child.once('exit', leave);
  signal('SIGTERM');
  // Its end is waited for: nobody else may be there to take note of it.
  setTimeout(() => signal('SIGKILL'), PATIENCE);
}

child.once('spawn', () => say({ kind: 'started', pid: child.pid! }));
child.once('error', (error: NodeJS.ErrnoException) => say({ kind: 'failed', why: error.code ?? error.message }));
child.once('exit', (code, killed) =>
  say({ kind: 'ended', how: killed ? `was ended by ${killed}` : `exited with code ${code}` }),
);
process.once('message', end);
process.once('disconnect', end);
// Ctrl-C and a terminal that closes are for whoever is being watched.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
