import { isUtf8 } from 'node:buffer';

/** A configuration file of a variant. */
export interface ConfigFile {
  /** How reports call it, the same on each machine: `nginx/naive.conf`. */
  readonly name: string;
  /** How messages call it: a path that the user can open. */
  readonly shown: string;
  /** Where it goes in the container. */
  readonly target: string;
  readonly bytes: Buffer;
}

/** Ports of an origin on this machine. */
interface Ports {
  readonly port: number;
  readonly tlsPort: number;
}

/** The origins of a run; the second one is there for a variant that balances over two. */
export interface Origins {
  readonly origin: Ports;
  readonly secondOrigin?: Ports | undefined;
}

/** The port that a configuration names where an origin is meant, and the port that the origin has in this run. */
const PORTS: Readonly<Record<string, (origins: Origins) => number | undefined>> = {
  9000: ({ origin }) => origin.port,
  9443: ({ origin }) => origin.tlsPort,
  9001: ({ secondOrigin }) => secondOrigin?.port,
  9444: ({ secondOrigin }) => secondOrigin?.tlsPort,
};

/**
 * The word `origin` and, up to sixty characters behind it, one of those ports: `origin:9000`, and as well
 * `"host" => "origin", "port" => 9000` or `address: origin` with `port_value: 9000` on the next line.
 */
const ORIGIN = new RegExp(`(?<![\\w.-])origin(?![\\w.-])([^\\d]{1,60}?)\\b(${Object.keys(PORTS).join('|')})\\b`, 'g');

/** The ports that these texts name where an origin is meant. */
export function originPortsIn(texts: readonly string[]): Set<number> {
  return new Set(texts.flatMap((text) => [...text.matchAll(ORIGIN)].map((match) => Number(match[2]))));
}

/**
 * The text with the origin's real ports. Line numbers stay as they are.
 *
 * @param host what stands in place of the word `origin`. Default: that word
 */
export function pointAtOrigin(text: string, origins: Origins, host = 'origin'): string {
  return text.replace(ORIGIN, (whole, between: string, port: string) => {
    const real = PORTS[port]!(origins);
    return real === undefined ? whole : `${host}${between}${real}`;
  });
}

/** The text with another upstream in place of `origin:9000`, or `origin:9443`. */
export function atUpstream(text: string, { host, port }: { readonly host: string; readonly port: number }): string {
  return text.replace(ORIGIN, (_, between: string) => `${host}${between}${port}`);
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
