import type { Probe } from '../probes/probe.ts';
import { attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import type { Setting } from './setting.ts';

/**
 * The control run: each probe straight at the origin, no proxy between. What fails there is not a proxy's doing.
 * A probe is tried once per transport, and all targets share what came of it.
 */
export class Control {
  readonly #settings: (transport: Setting['endpoint']['transport']) => Setting;
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  constructor(settings: (transport: Setting['endpoint']['transport']) => Setting) {
    this.#settings = settings;
  }

  outcome(probe: Probe, transport: Setting['endpoint']['transport']): Promise<Outcome> {
    const key = `${transport} ${probe.id}`;
    const known = this.#outcomes.get(key);
    if (known) return known;
    const trying = attempt(probe, this.#settings(transport));
    this.#outcomes.set(key, trying);
    return trying;
  }
}
