/** One comparison of a range: `<1.29.7`. */
interface Bound {
  readonly operator: '<' | '<=' | '>=' | '>' | '=';
  readonly parts: readonly number[];
}

function numbersOf(version: string): number[] {
  return (/^[^\d]*([\d.]+)/.exec(version)?.[1] ?? '')
    .split('.')
    .filter((part) => part !== '')
    .map(Number);
}

function boundsOf(range: string): Bound[] | undefined {
  const bounds = range
    .trim()
    .split(/\s+/)
    .map((text) => /^(<=|>=|<|>|=)(\d+(?:\.\d+)*)$/.exec(text))
    .map((match) => match && { operator: match[1] as Bound['operator'], parts: numbersOf(match[2]!) });
  return bounds.every((bound) => bound !== null) ? bounds : undefined;
}

/** Whether a text is a range that {@link inRange} understands. */
export function isRange(range: string): boolean {
  return boundsOf(range) !== undefined;
}

/**
 * Whether a version lies in a range: `<1.29.7`, `>=2.4 <3`, `=1.26`. A space means "and".
 *
 * Only the parts that the range names are compared, so `=1.26` and `<=1.26` hold for 1.26.3 and `>1.26` does not.
 * Parts that the version lacks count as 0, and what follows its numbers (`-alpine`) does not count.
 *
 * @returns false for a version without a number in it
 */
export function inRange(version: string, range: string): boolean {
  const numbers = numbersOf(version);
  if (numbers.length === 0) return false;
  return (boundsOf(range) ?? []).every(({ operator, parts }) => {
    const at = parts.findIndex((part, i) => (numbers[i] ?? 0) !== part);
    const order = at < 0 ? 0 : (numbers[at] ?? 0) - parts[at]!;
    if (operator === '=') return order === 0;
    if (order === 0) return operator.endsWith('=');
    return order < 0 === operator.startsWith('<');
  });
}

/**
 * Orders versions by their numbers, as a sort wants it: 1.9 comes before 1.26, and 1.26 is 1.26.0. What follows the
 * numbers (`-alpine`) does not count.
 */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** The shortest number that parts two versions, for a range: 1.26 lies above 1.22.1 and not above 1.26.3. */
export function boundaryBetween(lower: string, upper: string): string {
  const parts = numbersOf(upper);
  const shortest = parts.findIndex((_, i) => compareVersions(parts.slice(0, i + 1).join('.'), lower) > 0);
  return parts.slice(0, shortest + 1).join('.');
}
