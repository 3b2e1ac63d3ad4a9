import type { Cell } from '../document.ts';
import { direction, type Measured } from '../measurement.ts';

/** A measured value that is another one. */
export interface ValueChange {
  readonly target: string;
  readonly probe: string;
  readonly name: string;
  readonly unit: Measured['unit'];
  readonly before: number;
  readonly after: number;
  readonly tendency: 'better' | 'worse' | 'changed';
  /** So much worse that it is not the weather of a shared machine. */
  readonly regression: boolean;
}

/** Part of a value by which it may differ from run to run without a reason. */
const NOISE = 0.1;
/** Times and rates are measured on machines that do other things as well: only so much of a difference is the proxy's. */
const CLEAR = 3;
/** ms. However large the factor, less than this is nothing that anybody could feel. */
const FELT = 5;

function isRegression(before: number, after: number, unit: Measured['unit']): boolean {
  if (unit === 'ms') return after >= before * CLEAR;
  if (unit === 'bytes/s') return after * CLEAR <= before;
  // Limits are settings, not weather.
  return true;
}

function changeOf(cell: Cell, before: Measured, after: Measured): ValueChange | undefined {
  const { name, unit } = after;
  const difference = Math.abs(after.value - before.value);
  if (difference <= Math.abs(before.value) * NOISE || (unit === 'ms' && difference < FELT)) return undefined;
  const more = direction(unit);
  const grown = after.value > before.value;
  const tendency = more === undefined ? 'changed' : grown === (more === 'more') ? 'better' : 'worse';
  return {
    target: cell.target,
    probe: cell.probe,
    name,
    unit,
    before: before.value,
    after: after.value,
    tendency,
    regression: tendency === 'worse' && isRegression(before.value, after.value, unit),
  };
}

/** The measured values of a cell that differ by more than noise, of those that both have in the same unit. */
export function compareValues(before: Cell, after: Cell): ValueChange[] {
  return (after.measured ?? []).flatMap((value) => {
    const old = before.measured?.find(({ name, unit }) => name === value.name && unit === value.unit);
    return (old && changeOf(after, old, value)) ?? [];
  });
}
