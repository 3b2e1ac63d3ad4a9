import { EnvironmentError } from '../errors.ts';
import type { RunningTarget, Surroundings, Target } from '../proxies/target.ts';

/** How often a target may die: one that does so each time it is spoken to would never come to an end. */
const DEATHS = 4;

/** A target that runs, and is started again when it has died. Whoever has it stops it. */
export class Subject {
  readonly #target: Target;
  readonly #surroundings: Surroundings;
  readonly #lastWords: string[] = [];
  #running: RunningTarget;
  #obituary: string | undefined;

  private constructor(target: Target, surroundings: Surroundings, running: RunningTarget) {
    this.#target = target;
    this.#surroundings = surroundings;
    this.#running = running;
  }

  /** @throws EnvironmentError when it cannot be brought up; then nothing is left of it */
  static async start(target: Target, surroundings: Surroundings): Promise<Subject> {
    return new Subject(target, surroundings, await target.start(surroundings));
  }

  get running(): RunningTarget {
    return this.#running;
  }

  /** What it died of the last time, if it has died. */
  get diedOf(): string | undefined {
    return this.#obituary;
  }

  /**
   * Starts it again if it has died.
   * @throws EnvironmentError when it cannot be brought up, or has died too often
   */
  async revive(): Promise<void> {
    const obituary = await this.#running.obituary();
    if (obituary === undefined) return;
    this.#obituary = obituary;
    if (this.#lastWords.length >= DEATHS - 1)
      throw new EnvironmentError(`the proxy is gone: ${obituary}, after ${DEATHS} starts`);
    this.#surroundings.tell(`starts again: ${obituary}`);
    this.#lastWords.push(await this.#running.log());
    await this.#running.stop();
    this.#running = await this.#target.start(this.#surroundings);
  }

  /** The last lines of its logs, of all its lives. */
  async log(): Promise<string> {
    return [...this.#lastWords, await this.#running.log()].filter((text) => text !== '').join('\n');
  }

  stop(): Promise<void> {
    return this.#running.stop();
  }
}
