import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import type { Expected, Fix, Surroundings, Target } from '../../src/proxies/target.ts';
import { loopback } from '../proving.ts';

export interface TargetOptions {
  readonly name?: string;
  readonly expected?: Readonly<Record<string, Expected>>;
  readonly fixes?: Readonly<Record<string, Fix>>;
  /** It balances over two origins. */
  readonly two?: boolean;
  readonly log?: string;
  readonly obituary?: string;
  /** The same, when it is asked for. */
  readonly dying?: () => string | undefined;
  /** Called first when it starts. */
  readonly starting?: (surroundings: Surroundings) => Promise<void>;
  readonly stopped?: () => void;
}

/** A proxy of this process as a target of a run. */
export function targetOf(proxy: ModuleProxy, options: TargetOptions = {}): Target {
  const name = options.name ?? proxy.name;
  return {
    id: `${name}:websocket/ws`,
    proxy: name,
    variant: 'websocket',
    transport: 'ws',
    spec: name,
    config: [],
    originNeeds: options.two ? { two: true } : {},
    ...(options.two ? { capabilities: ['two-origins'] } : {}),
    expected: (probe) => options.expected?.[probe],
    fix: (symptom) => options.fixes?.[symptom],
    async start(surroundings) {
      await options.starting?.(surroundings);
      const { origin, secondOrigin } = surroundings;
      const running = await proxy.start({
        origin: { host: '127.0.0.1', port: origin.port },
        ...(secondOrigin ? { secondOrigin: { host: '127.0.0.1', port: secondOrigin.port } } : {}),
        variant: 'websocket',
      });
      return {
        endpoint: loopback(running.ports.ws!),
        version: '1.2.3',
        log: async () => options.log ?? '',
        obituary: async () => options.dying?.() ?? options.obituary,
        async stop() {
          await running.close();
          options.stopped?.();
        },
      };
    },
  };
}
