import { appendFileSync, closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import type { StreamEntry } from '../report/document.ts';
import { streamLine } from '../report/json.ts';
import { STREAM_SIGNATURE } from '../report/stream.ts';
import { requireOurs } from './overwriting.ts';

/**
 * The results of a run, a line each, as they come. Each line is with the operating system before the run goes on, so
 * that it is there whatever becomes of the process.
 */
export class StreamFile {
  readonly #descriptor: number;
  readonly #shown: string;
  #fault: Error | undefined;

  private constructor(descriptor: number, shown: string) {
    this.#descriptor = descriptor;
    this.#shown = shown;
  }

  /**
   * Begins a file anew.
   *
   * @param force write over a file that is something else
   * @throws UsageError when it cannot be written, or is something else
   */
  static async begin(path: string, force: boolean): Promise<StreamFile> {
    const refused = (error: Error): never => {
      throw new UsageError(`--stream: ${path} cannot be written: ${error.message}.`);
    };
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() && !force) {
      await requireOurs(path, path, 'stream', STREAM_SIGNATURE).catch((error: Error) =>
        error instanceof UsageError ? Promise.reject(error) : refused(error),
      );
    }
    try {
      // What is redirected to a file is not to be emptied.
      return new StreamFile(openSync(path, path.startsWith('/dev/') ? 'a' : 'w'), path);
    } catch (error) {
      return refused(error as Error);
    }
  }

  readonly write = (entry: StreamEntry): void => {
    if (this.#fault) return;
    try {
      appendFileSync(this.#descriptor, streamLine(entry));
    } catch (error) {
      this.#fault = error as Error;
    }
  };

  /** What could not be written, in sentences. */
  get faults(): string[] {
    return this.#fault ? [`The results could not be written to ${this.#shown}: ${this.#fault.message}.`] : [];
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
