import type { Cell } from './document.ts';

/** A measured value as a report has it. */
export type Measured = NonNullable<Cell['measured']>[number];

/** The steps of a unit, the largest first: from which value on, how large it is, and its name. */
type Steps = readonly (readonly [from: number, size: number, name: string])[];

const BYTES: Steps = [
  [1024 ** 3, 1024 ** 3, 'GiB'],
  [1024 ** 2, 1024 ** 2, 'MiB'],
  [1024, 1024, 'KiB'],
  [0, 1, 'bytes'],
];

const STEPS: Partial<Record<Measured['unit'], Steps>> = {
  s: [
    [86_400, 86_400, 'd'],
    [3600, 3600, 'h'],
    [120, 60, 'min'],
    [0, 1, 's'],
  ],
  ms: [
    [1000, 1000, 's'],
    [0.1, 1, 'ms'],
    [0, 0.001, 'µs'],
  ],
  bytes: BYTES,
  'bytes/s': BYTES.map(([from, size, name]) => [from, size, `${name}/s`] as const),
};

/** What says all by its name: a count of what is named, a status code of HTTP. */
const BARE: readonly Measured['unit'][] = ['count', 'status'];

/** A number as a person would write it: three digits that count, no exponent. */
function digits(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

/**
 * A measured value as short as it can be said without hiding what it is: `60 s`, `1 h`, `16 KiB`, `0.4 ms`, and
 * `1500 bytes`, which are no 1.46 KiB: a larger step only when it divides the value, or is far below it.
 */
export function showValue({ value, unit }: Pick<Measured, 'value' | 'unit'>): string {
  if (value === 0) return BARE.includes(unit) ? '0' : `0 ${unit}`;
  const steps = STEPS[unit];
  if (!steps) return BARE.includes(unit) ? digits(value) : `${digits(value)} ${unit}`;
  const fits = ([from, size]: Steps[number]): boolean =>
    Math.abs(value) >= from && (size <= 1 || Math.abs(value) >= size * 100 || Number.isInteger((value / size) * 2));
  const [, size, name] = steps.find(fits)!;
  return `${digits(value / size)} ${name}`;
}

/** Whether more of it is better for a WebSocket. A delay is the one unit of which less is; a count or a status says nothing by itself. */
export function direction(unit: Measured['unit']): 'more' | 'less' | undefined {
  if (unit === 'ms') return 'less';
  return BARE.includes(unit) ? undefined : 'more';
}

/** `idleCutAfter` as words: `idle cut after`. */
export function nameInWords(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
