import upgrade from './handshake/upgrade.ts';
import type { Probe } from './probe.ts';

/** The catalog, in the order of the report. */
export const probes: readonly Probe[] = [upgrade];
