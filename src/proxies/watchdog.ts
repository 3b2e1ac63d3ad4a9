import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the watchdog hears: whether there is something to clean up when nothing more is heard. */
export const BUSY = 'b';
export const IDLE = 'i';

/**
 * A process of its own that removes a run's containers when this process ends without having done so, be it by SIGKILL.
 * It holds a pipe to us; its end is the sign. It does not keep us alive, is there only while there is something to guard,
 * and leaves at once when all is removed.
 */
export class Watchdog {
  readonly #runId: string;
  #process: ChildProcess | undefined;
  #guarded = 0;

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** Called before a container is created. */
  guard(): void {
    if (this.#guarded++ > 0) return;
    const program = fileURLToPath(new URL('./watchdog-process.js', import.meta.url));
    this.#process = spawn(process.execPath, [program, this.#runId], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#process.unref();
    // A watchdog that could not be started, or was ended by somebody, must not be our end.
    this.#process.on('error', () => {});
    this.#process.stdin?.on('error', () => {});
    (this.#process.stdin as { unref?(): void } | null)?.unref?.();
    this.#process.stdin?.write(BUSY);
  }

  /** Called when the container is gone. */
  release(): void {
    if (--this.#guarded === 0) this.#process?.stdin?.end(IDLE);
  }
}
