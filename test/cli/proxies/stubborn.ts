import type { ModuleProxy } from '../../../src/proxies/proxy.ts';
import stalling from './stalling.ts';

/** As `stalling`, and it does not end when it is told to. */
export default {
  name: 'stubborn',
  start: async (options) => ({ ...(await stalling.start(options)), close: () => new Promise<void>(() => {}) }),
} satisfies ModuleProxy;
