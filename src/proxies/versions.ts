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
