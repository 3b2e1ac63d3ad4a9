import type { ModuleProxy } from '../../../src/proxies/proxy.ts';

/** Does not start. */
export default {
  name: 'broken',
  start: () => Promise.reject(new Error('no such certificate')),
} satisfies ModuleProxy;
