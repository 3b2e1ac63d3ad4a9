import type { Report } from '../document.ts';
import { type Measured, nameInWords } from '../measurement.ts';

/** A target's value, and the same without the proxy when it was measured beside it. */
export interface Point {
  readonly target: string;
  readonly value: number;
  readonly direct?: number;
}

/** One measured value across targets. */
export interface Series {
  readonly probe: string;
  readonly title: string;
  readonly name: string;
  readonly unit: Measured['unit'];
  readonly points: readonly Point[];
}

/** A value that was measured straight at the origin is named after its partner: `roundTrip`, `roundTripDirect`. */
const DIRECT = /Direct$/;

/** The measured values that more than one target has, in the order of the probes; each series from small to large. */
export function seriesOf({ probes, cells }: Report): Series[] {
  const found = new Map<string, { series: Omit<Series, 'points'>; points: Point[] }>();
  const byId = new Map(probes.map((probe) => [probe.id, probe]));
  for (const { target, probe, measured } of cells) {
    for (const { name, unit, value } of measured ?? []) {
      if (DIRECT.test(name) && measured!.some((other) => `${other.name}Direct` === name)) continue;
      const key = JSON.stringify([probe, name, unit]);
      const title = byId.get(probe)?.title ?? probe;
      const entry = found.get(key) ?? { series: { probe, title, name: nameInWords(name), unit }, points: [] };
      const direct = measured!.find((other) => other.name === `${name}Direct` && other.unit === unit)?.value;
      entry.points.push({ target, value, ...(direct === undefined ? {} : { direct }) });
      found.set(key, entry);
    }
  }
  const order = new Map(probes.map(({ id }, i) => [id, i]));
  return [...found.values()]
    .filter(({ points }) => points.length > 1)
    .toSorted((a, b) => (order.get(a.series.probe) ?? 0) - (order.get(b.series.probe) ?? 0))
    .map(({ series, points }) => ({ ...series, points: points.toSorted((a, b) => a.value - b.value) }));
}

/** So many times the smallest value, and the small ones could not be told apart on an even scale. */
const WIDE = 30;

/** Where values stand between 0 and 1, and whether by their logarithm. */
export interface Scale {
  readonly logarithmic: boolean;
  readonly at: (value: number) => number;
}

/** A scale with room for all of the points: logarithmic where they differ by orders of magnitude. */
export function scaleFor(points: readonly Point[]): Scale {
  const values = points.flatMap(({ value, direct }) => (direct === undefined ? [value] : [value, direct]));
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, 0],
  );
  if (least > 0 && most / least > WIDE) {
    const [from, to] = [Math.log(least) - 0.5, Math.log(most)];
    return { logarithmic: true, at: (value) => (Math.log(value) - from) / (to - from) };
  }
  return { logarithmic: false, at: (value) => (most > 0 ? Math.max(0, value) / most : 0) };
}
