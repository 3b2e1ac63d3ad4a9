/** Lets a number of tasks in at a time; the others wait in the order in which they came. */
export class Gate {
  readonly #places: number;
  #free: number;
  readonly #waiting: { readonly places: number; enter(): void }[] = [];

  constructor(places: number) {
    this.#places = places;
    this.#free = places;
  }

  through<T>(task: () => Promise<T>): Promise<T> {
    return this.#enter(1, task);
  }

  /** Lets a task in when all others have come out, and nobody else until it has. */
  alone<T>(task: () => Promise<T>): Promise<T> {
    return this.#enter(this.#places, task);
  }

  async #enter<T>(places: number, task: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ places, enter });
      this.#admit();
    });
    try {
      return await task();
    } finally {
      this.#free += places;
      this.#admit();
    }
  }

  #admit(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (!next || next.places > this.#free) return;
      this.#waiting.shift();
      this.#free -= next.places;
      next.enter();
    }
  }
}
