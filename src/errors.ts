/** The user asked for something that cannot be: a flag, a name, a file, a value. Exit code 2. The message is for them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The surroundings are not as they must be: no engine, no image, a proxy that does not start. Exit code 3. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  /** The proxy's own words, when there are any: the last lines of its log. */
  readonly log: string | undefined;

  constructor(message: string, log?: string) {
    super(message);
    this.log = log;
  }
}

/** The nearest of the known names to a mistyped one, as ` Did you mean "…"?`, or '' when none is near. */
export function suggestion(wrong: string, known: readonly string[]): string {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
      }
      row = next;
    }
    return row.at(-1)!;
  };
  const ranked = known
    .map((name) => ({ name, d: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.d - b.d);
  const best = ranked[0];
  return best && best.d <= Math.max(2, wrong.length / 3) ? ` Did you mean "${best.name}"?` : '';
}
