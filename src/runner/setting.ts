import type { Journal } from '../origin/journal.ts';
import type { OriginControl, ProxyControl } from '../probes/probe.ts';
import type { Endpoint } from '../wire/endpoint.ts';

/** Where a probe is tried and by which limits. */
export interface Setting {
  readonly endpoint: Endpoint;
  /** Straight at the origin, over the same transport. */
  readonly direct: Endpoint;
  readonly journal: Journal;
  stampFor(nonce: string): string;
  /** Tells an origin on another machine that it is no stranger who asks. Default: nobody is one. */
  signatureFor?(nonce: string): string;
  /** ms that any single wait may take. */
  readonly patience: number;
  /** ms of silence that the user wants to be tried. */
  readonly idle: number;
  /** Connections that a load probe holds at a time. Default 500. */
  readonly crowd?: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** The proxy's handles, where it has any. */
  readonly proxy?: ProxyControl;
  /** The origins behind it, where probes may take them down. */
  readonly origins?: readonly OriginControl[];
  /** The far end is not our origin: ask for no scene, send no nonce. */
  readonly foreign?: boolean;
  /** When answers of the origin came through the proxy, to whichever probe: ms on the monotonic clock. */
  readonly passed?: number[];
}
