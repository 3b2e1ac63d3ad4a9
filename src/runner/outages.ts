import type { OriginControl } from '../probes/probe.ts';

/** The origins in the hands of one probe, and what it has done to them; in the end all of them are up again. */
export class Outages {
  readonly controls: readonly OriginControl[];
  readonly #out = new Set<OriginControl>();

  constructor(origins: readonly OriginControl[]) {
    this.controls = origins.map((origin) => ({
      name: origin.name,
      down: () => this.#take(origin, () => origin.down()),
      drain: () => this.#take(origin, () => origin.drain()),
      up: () => this.#bringBack(origin),
    }));
  }

  /** The origins that refuse connections now. */
  get names(): string[] {
    return [...this.#out].map(({ name }) => name);
  }

  async #take(origin: OriginControl, how: () => Promise<void>): Promise<void> {
    this.#out.add(origin);
    await how();
  }

  async #bringBack(origin: OriginControl): Promise<void> {
    if (this.#out.delete(origin)) await origin.up();
  }

  async end(): Promise<void> {
    await Promise.all([...this.#out].map((origin) => this.#bringBack(origin)));
  }
}
