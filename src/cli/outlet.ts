import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Look } from '../report/terminal/look.ts';

/** Where text goes: a stream, which may be a terminal. */
export type Sink = NodeJS.WritableStream & Partial<Pick<WriteStream, 'columns' | 'isTTY'>>;

/** Columns where nobody says how many there are: a log, a file, a pipe. */
const USUAL_WIDTH = 120;

/**
 * stdout or stderr. What is written is awaited, because an end of the process cuts off what is still in a pipe, and
 * faults are kept, because without a listener a full disk is silent.
 */
export class Outlet {
  readonly #sink: Sink;
  #fault: NodeJS.ErrnoException | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
    sink.on('error', (error: NodeJS.ErrnoException) => {
      this.#fault ??= error;
    });
  }

  /** Why not all could be written. A reader that has gone (`| head`) has what it wanted: that is no fault. */
  get fault(): NodeJS.ErrnoException | undefined {
    return this.#fault?.code === 'EPIPE' ? undefined : this.#fault;
  }

  get interactive(): boolean {
    return this.#sink.isTTY === true;
  }

  get width(): number {
    // A terminal that does not know its width says 0.
    return Math.max(40, this.#sink.columns || USUAL_WIDTH);
  }

  /** Resolves when the text is with the operating system, or cannot be. Faults are in {@link fault}. */
  write(text: string): Promise<void> {
    if (this.#fault || text === '') return Promise.resolve();
    return new Promise((resolve) => {
      this.#sink.write(text, (error?: Error | null) => {
        if (error) this.#fault ??= error;
        resolve();
      });
    });
  }

  /** Takes the last lines of a terminal back. */
  rewind(lines: number): void {
    moveCursor(this.#sink, 0, -lines);
    cursorTo(this.#sink, 0);
    clearScreenDown(this.#sink);
  }

  /** Styles for this stream, as far as it and NO_COLOR, FORCE_COLOR have them. */
  paint(color: boolean): Look['paint'] {
    if (!color) return (_, text) => text;
    return (style, text) => styleText(style, text, { stream: this.#sink as NodeJS.WritableStream });
  }
}
