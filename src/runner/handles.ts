import type { Evidence } from '../diagnosis/evidence.ts';
import type { ProxyControl } from '../probes/probe.ts';

const beyond = (): Promise<never> =>
  Promise.reject(new Error('this probe must say in `requires` what it asks of the proxy'));
const NO_CONTROL: ProxyControl = { reload: beyond, terminate: beyond, memory: beyond };

/** The proxy in the hands of one probe, and what it has done to it. */
export class Handles implements ProxyControl {
  /** The last thing that was done. */
  proxyWas: Evidence['proxyWas'];
  readonly memory: ProxyControl['memory'];
  readonly #proxy: ProxyControl;

  constructor(proxy: ProxyControl = NO_CONTROL) {
    this.#proxy = proxy;
    this.memory = () => proxy.memory();
  }

  reload(): Promise<void> {
    this.proxyWas = 'reloaded';
    return this.#proxy.reload();
  }

  terminate(): Promise<void> {
    this.proxyWas = 'stopped';
    return this.#proxy.terminate();
  }
}
