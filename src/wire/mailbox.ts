import { startDeadline } from './clock.ts';
import { Unexpected } from './unexpected.ts';

/** Things that arrive one after the other, and readers that wait for them with a limit. */
export class Mailbox<T> {
  readonly #capacity: number;
  #items: T[] = [];
  #readers: { resolve(item: T): void; reject(error: Error): void }[] = [];
  #closed: Error | undefined;

  /** @param capacity how many items may wait; of more, the oldest are forgotten. Default: no limit. */
  constructor(capacity = Number.POSITIVE_INFINITY) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    const reader = this.#readers.shift();
    if (reader) return reader.resolve(item);
    this.#items.push(item);
    if (this.#items.length > this.#capacity) this.#items.shift();
  }

  /** Nothing more will come: what waits, and whoever reads later, gets this error once the box is empty. */
  close(error: Error): void {
    this.#closed ??= error;
    for (const reader of this.#readers.splice(0)) reader.reject(this.#closed);
  }

  get size(): number {
    return this.#items.length;
  }

  /**
   * The next item.
   * @param within ms that whoever reads gives it
   * @param left ms of them that are left, when some were spent on items before. Default: all
   * @throws Unexpected of kind `timeout` when none came in time, or the error that the box was closed with
   */
  async next(within: number, what: string, left = within): Promise<T> {
    if (this.#items.length > 0) return this.#items.shift()!;
    if (this.#closed) throw this.#closed;
    const late = (): Unexpected => new Unexpected(`${what} within ${within} ms`, 'nothing came', 'timeout');
    if (left < 0) throw late();
    return new Promise<T>((resolve, reject) => {
      const reader = {
        resolve: (item: T) => {
          callOff();
          resolve(item);
        },
        reject: (error: Error) => {
          callOff();
          reject(error);
        },
      };
      const callOff = startDeadline(left, () => {
        this.#readers.splice(this.#readers.indexOf(reader), 1);
        reject(late());
      });
      this.#readers.push(reader);
    });
  }
}

/**
 * Waits for a promise with a limit.
 * @param within ms
 * @throws Unexpected of kind `timeout`
 */
export async function withDeadline<T>(promise: Promise<T>, within: number, what: string): Promise<T> {
  let callOff: (() => void) | undefined;
  const deadline = new Promise<never>((_, reject) => {
    callOff = startDeadline(within, () =>
      reject(new Unexpected(`${what} within ${within} ms`, 'it did not happen', 'timeout')),
    );
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    callOff?.();
  }
}
