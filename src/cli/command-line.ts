import { quoted } from '../proxies/flags.ts';

/** `--header 'Name: …'`: the name, and no more of it. */
const withoutValue = (header: string): string => header.replace(/:.*/s, ': …');

/** The arguments as somebody would type them into a shell again, but for the values of `--header`, which may be secrets. */
export function commandLine(argv: readonly string[]): string {
  const words = argv.map((word, i) => {
    if (argv[i - 1] === '--header') return withoutValue(word);
    return word.startsWith('--header=') ? `--header=${withoutValue(word.slice('--header='.length))}` : word;
  });
  return ['wsproof', ...words.map(quoted)].join(' ');
}
