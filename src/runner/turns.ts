import type { Probe } from '../probes/probe.ts';

const stops = ({ requires }: Probe): boolean => requires?.includes('stop') ?? false;

/**
 * Which probes of a target may run beside each other, turn after turn: all at once, but for those that others would
 * feel, which get a turn of their own: before them all, or behind. Last come those that end the proxy, because nothing can
 * be probed after them.
 */
export function turnsOf(probes: readonly Probe[]): readonly (readonly Probe[])[] {
  const alone = probes.filter((probe) => probe.exclusive && !stops(probe));
  const together = probes.filter((probe) => !probe.exclusive && !stops(probe));
  const single = (some: readonly Probe[]) => some.map((probe) => [probe]);
  return [
    ...single(alone.filter(({ first }) => first)),
    together,
    ...single(alone.filter(({ first }) => !first)),
    ...single(probes.filter(stops)),
  ];
}
