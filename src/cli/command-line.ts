/** The arguments as somebody would type them into a shell again. */
export function commandLine(argv: readonly string[]): string {
  const quoted = argv.map((word) => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return ['wsproof', ...quoted].join(' ');
}
