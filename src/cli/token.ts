import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/** Characters that nobody guesses, if they are random. */
const SHORTEST = 32;

/**
 * The token that `serve` and `--origin remote` have in common. It is no flag: those stand in the list of processes.
 *
 * @param file of `--token-file`; it goes before the variable
 * @throws UsageError when it cannot be read, or can be guessed
 */
export async function readToken(file: string | undefined, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const name = file === undefined ? 'WSPROOF_TOKEN' : `--token-file: ${file}`;
  const text =
    file === undefined
      ? (env.WSPROOF_TOKEN ?? '')
      : await readFile(file, 'utf8').catch((error: Error) => {
          throw new UsageError(`${name} cannot be read: ${error.message}.`);
        });
  const token = text.trim();
  if (token === '' && file === undefined) return undefined;
  if (token.length >= SHORTEST) return token;
  throw new UsageError(
    `${name}: a token has ${SHORTEST} characters at least. \`openssl rand -hex 32\` makes one that nobody guesses.`,
  );
}
