import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withDeadline } from '../../wire/mailbox.ts';
import { tailOf } from '../tail.ts';
import type { Charge, Word } from './guard-process.ts';

/** ms for the program to be started, and for all of it to be ended. */
const PATIENCE = 10_000;

/** A program that runs on this machine, with a guard that ends it when we cannot any more. */
export class GuardedProcess {
  readonly #guard: ChildProcess;
  readonly #log: string;
  readonly #started: Promise<number>;
  readonly #gone: Promise<unknown>;
  #obituary: string | undefined;

  constructor(charge: Charge) {
    const program = fileURLToPath(new URL('./guard-process.js', import.meta.url));
    const guard = fork(program, [JSON.stringify(charge)], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#guard = guard;
    this.#log = charge.log;
    this.#gone = once(guard, 'exit');
    this.#started = new Promise((resolve, reject) => {
      guard.on('error', reject);
      guard.on('message', (word: Word) => {
        if (word.kind === 'started') resolve(word.pid);
        if (word.kind === 'failed') reject(new Error(word.why));
        if (word.kind === 'ended') this.#obituary = word.how;
      });
      guard.once('exit', () => {
        this.#obituary ??= 'is gone';
        reject(new Error('its guard has ended'));
      });
    });
    // It may be ended before anybody asks for its process.
    this.#started.catch(() => {});
  }

  /** The process. @throws Error when the program cannot be started */
  pid(): Promise<number> {
    return withDeadline(this.#started, PATIENCE, 'the program to be started');
  }

  /** The end of what it has said. */
  async log(): Promise<string> {
    return tailOf(await readFile(this.#log, 'utf8').catch(() => ''));
  }

  get obituary(): string | undefined {
    return this.#obituary;
  }

  /** Ends it with all that it has started. */
  async end(): Promise<void> {
    if (this.#guard.connected) this.#guard.disconnect();
    await withDeadline(this.#gone, PATIENCE, 'the program to be gone');
  }
}
