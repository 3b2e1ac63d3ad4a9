import { type EndingSignal, signalExit } from './exit.ts';

const SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Signals that ask for an end: the first one stops the work in order, a second one ends the process at once. */
export class Interruption {
  readonly #stop = new AbortController();
  #received: EndingSignal | undefined;

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get received(): EndingSignal | undefined {
    return this.#received;
  }

  /**
   * @param told called with the first signal
   * @returns takes the listeners away: from then on a signal does what it does to any process
   */
  listen(told: (signal: EndingSignal) => void): () => void {
    const hear = (name: EndingSignal): void => {
      if (this.#received) process.exit(signalExit(name));
      this.#received = name;
      this.#stop.abort();
      told(name);
    };
    for (const name of SIGNALS) process.on(name, hear);
    return () => {
      for (const name of SIGNALS) process.off(name, hear);
    };
  }
}
