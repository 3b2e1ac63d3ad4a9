import type { Exchange } from '../origin/journal.ts';
import type { BodySample, SeenPiece } from '../wire/body.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { RequestHead, ResponseHead } from '../wire/head.ts';
import type { Ending } from '../wire/link.ts';
import type { SeenFrame } from '../wire/record.ts';
import type { Unexpected } from '../wire/unexpected.ts';

/** One exchange from both ends: the four views, and the frames and the end as each side saw them. */
export interface Evidence {
  readonly transport: Transport;
  readonly nonce: string;
  /** The last requests of the probe through the proxy, this one among them: their nonces, and which origins saw them. */
  readonly requests: readonly { readonly nonce: string; readonly origins: readonly string[] }[];
  /** The origins behind a balancer, and whether the probe had made them refuse connections. */
  readonly origins?: readonly { readonly name: string; readonly out: boolean }[];
  /** View 1: what the client sent, or would have sent had there been a connection. */
  readonly sent: RequestHead;
  /** View 2: what arrived at the origin; undefined when the request never got there. Several when it was repeated. */
  readonly originSaw?: Exchange;
  readonly arrivals: number;
  /** View 3: what the origin answered; undefined when it has not (or was not asked). */
  readonly originReplied?: ResponseHead;
  /** View 4: what the client got; undefined when no response head came. */
  readonly clientSaw?: ResponseHead;
  /** The body of that answer; undefined when it did not come whole, or was not read. */
  readonly clientBody?: BodySample;
  /** What began a connection at the origin while the request was under way that never came there, and is no request. */
  readonly originGot?: Buffer;
  /** The alert by which a TLS handshake with the origin was ended meanwhile. */
  readonly originAlert?: string;
  /** The far end is not our origin: what it saw and answered is not known. */
  readonly foreign?: true;
  /** Bytes that came to the client and were no response head. */
  readonly clientBytes?: Buffer;
  /** It was sent on a connection on which another one had been answered. */
  readonly again?: true;
  /** The answer at the client carries the origin's stamp; without it the proxy answered by itself. */
  readonly stamped: boolean;
  /** Frames at the client's end of the proxy; those at the origin's end are in `originSaw`. */
  readonly clientFrames: readonly SeenFrame[];
  /** When which part of a body came, where it was read piece by piece; the origin's writes are in `originSaw`. */
  readonly clientPieces: readonly SeenPiece[];
  /** How the other side ended, seen from the client. */
  readonly clientEnding?: Ending;
  /** How the client ended its own side; its times and those of `originSaw` are from two clocks. */
  readonly clientLeft?: Ending;
  /** When the client's WebSocket was open, ms on its clock. */
  readonly openedAt?: number;
  readonly clientViolation?: string;
  /** Bytes that came to the client and are no whole frame. */
  readonly clientPending?: number;
  /** Bytes that the client's link has read and written; of what is written some may never have left. */
  readonly clientBytesIn?: number;
  readonly clientBytesOut?: number;
  /** The client had stopped reading. */
  readonly clientPaused?: true;
  /** The other exchanges of the probe through the proxy, in their order, and whether each was still open. */
  readonly others?: readonly { readonly sent: RequestHead; readonly open: boolean }[];
  /** A message that names a connection of this probe, and came to another one of it. */
  readonly astray?: string;
  /** Answers of the origin that came through the proxy to other probes at the same time, give or take two seconds. */
  readonly beside?: number;
  /** What the proxy died of, while this probe was alone with it. */
  readonly proxyDied?: string;
  /** Other probes whose connections ended at the same moment, and held when they were tried again, as this one did. */
  readonly endedWith?: number;
  /** What the probe had done to the proxy itself. */
  readonly proxyWas?: 'reloaded' | 'stopped';
  /** When the probe gave its verdict, ms on the monotonic clock. */
  readonly judgedAt: number;
  /** What did not hold. */
  readonly failure: Unexpected;
}
