import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor } from './descriptor.ts';

/** The variant that is configured as it should be. */
export function rightVariant({ variants }: Descriptor): string {
  return 'websocket' in variants ? 'websocket' : Object.keys(variants)[0]!;
}

/** The transports of a variant: those it names, else those that the proxy listens for. A module serves ws unless it says more. */
export function transportsOf({ listen, module, variants }: Descriptor, variant: string): Transport[] {
  const ports = (Object.keys(listen ?? {}) as Transport[]).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return variants[variant]?.transports ?? (module !== undefined && ports.length === 0 ? ['ws'] : ports);
}

const ORDER: readonly Transport[] = ['ws', 'wss', 'h2'];
