/** A word as somebody would type it into a shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Flags as somebody would type them into a shell; those without a value are left out. */
export function flagged(flags: readonly (readonly [flag: string, value: string | undefined])[]): string[] {
  return flags.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${quoted(value)}`]));
}
