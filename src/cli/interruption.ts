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

  /** @param told called with the first signal */
  listen(told: (signal: EndingSignal) => void): void {
    for (const name of SIGNALS) {
      process.on(name, () => {
        if (this.#received) process.exit(signalExit(name));
        this.#received = name;
        this.#stop.abort();
        told(name);
      });
    }
  }
}
