import { isUtf8 } from 'node:buffer';

/** A configuration file of a variant. */
export interface ConfigFile {
  /** How messages call it: a path that the user can open. */
  readonly shown: string;
  /** Where it goes in the container. */
  readonly target: string;
  readonly bytes: Buffer;
}

/** The ports that stand in a configuration where the origin is meant, whatever its ports are in this run. */
const WRITTEN = { port: '9000', tlsPort: '9443' } as const;

/**
 * The word `origin` and, up to sixty characters behind it, one of the two ports: `origin:9000`, and as well
 * `"host" => "origin", "port" => 9000` or `address: origin` with `port_value: 9000` on the next line.
 */
const ORIGIN = /\borigin\b([^\d]{1,60}?)\b(9000|9443)\b/g;

/** Whether a text leads to the origin. */
export function namesOrigin(text: string): boolean {
  return text.search(ORIGIN) >= 0;
}

/** The text with the origin's real ports. Line numbers stay as they are. */
export function pointAtOrigin(text: string, origin: { readonly port: number; readonly tlsPort: number }): string {
  return text.replace(ORIGIN, (_, between: string, port: string) => {
    return `origin${between}${port === WRITTEN.port ? origin.port : origin.tlsPort}`;
  });
}

/** The file's text, or undefined when it is no text. */
export function textOf({ bytes }: ConfigFile): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** A proxy's own words with the user's files in them instead of the container's. */
export function inSourceTerms(log: string, files: readonly ConfigFile[]): string {
  return [...files]
    .sort((a, b) => b.target.length - a.target.length)
    .reduce((text, { shown, target }) => text.replaceAll(target, shown), log);
}
