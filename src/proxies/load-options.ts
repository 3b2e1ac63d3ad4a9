import type { Transport } from '../wire/endpoint.ts';
import type { Field } from '../wire/head.ts';
import type { ComposeOptions } from './compose/target.ts';
import type { OwnOptions } from './own/target.ts';

/** What runs a proxy that has an image: a container, or what is installed here. */
export type Runtime = (typeof RUNTIMES)[number];
export const RUNTIMES = ['container', 'local'] as const;

/**
 * Where the origin of an address is. `none`: an application that we know nothing of. `local`: ours, on this port of this
 * machine. `remote`: ours, on another machine, where it knows the token as well.
 */
export type OriginPlacement = 'none' | { readonly local: number } | { readonly remote: { readonly token: string } };

/** A certificate authority. */
export interface Authority {
  readonly file: string;
  readonly pem: string;
}

/** What targets are made with, beside the texts that name them. */
export interface LoadOptions {
  /** The folder of the proxies. Default: those that come with the tool. */
  readonly fixturesDir?: string;
  /** Another image for a proxy (`nginx`) or for one version of it (`nginx@1.18`). */
  readonly images?: Readonly<Record<string, string>>;
  /** Pull images though they are here. */
  readonly pull?: boolean;
  /** Where `WSPROOF_IMAGE_…` is looked up. Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For targets that name no transport. Default: the first one that the target has. */
  readonly transports?: readonly Transport[];
  /** Where the origin of an address is. Default: `none`. */
  readonly origin?: OriginPlacement;
  /** For addresses: accept any certificate. */
  readonly insecure?: boolean;
  /** For addresses: the certificate authority to trust. */
  readonly ca?: Authority;
  /** For addresses: field lines that each request bears. */
  readonly headers?: readonly Field[];
  /** What runs proxies that have an image. Default: containers. */
  readonly runtime?: Runtime;
  /** A configuration of the user's, to be run instead of a variant. */
  readonly own?: OwnOptions;
  /** A compose file of the user's: its services are targets beside those that are named. */
  readonly compose?: ComposeOptions;
}
