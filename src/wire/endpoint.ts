import type { SecureContext } from 'node:tls';
import type { Field, RequestHead, ResponseHead } from './head.ts';
import type { Link } from './link.ts';

/** How the client reaches the proxy: over TCP, over TLS, as a stream of HTTP/2 over TLS (RFC 8441). */
export type Transport = 'ws' | 'wss' | 'h2';

/** Where a handshake goes. */
export interface Endpoint {
  readonly transport: Transport;
  /** The address to connect to, and the port. */
  readonly host: string;
  readonly port: number;
  /** What stands in Host or :authority. */
  readonly authority: string;
  /** The path of the request target, and in front of those below it; '' for the root. */
  readonly base: string;
  /** What lies below that path leads elsewhere. */
  readonly exact?: boolean;
  /** SNI and the name in the certificate. */
  readonly servername?: string;
  /** The certificate authorities to trust: see trusting() of connect.ts. Without it the system's are trusted. */
  readonly trust?: SecureContext;
  /** Accept any certificate (`--insecure`). */
  readonly insecure?: boolean;
  /** Field lines that each request bears, but for one that has another value for the same name (`--header`). */
  readonly fields?: readonly Field[];
}

/** ms for connecting, and again for the answer, when nobody says otherwise. */
export const WITHIN = 5000;

/** What the handshake says and how its bytes are written. */
export interface HandshakeOptions {
  /** The request target as it is to stand on the line. Default: the endpoint's base. */
  readonly target?: string;
  readonly method?: string;
  /** HTTP/1 only. */
  readonly version?: string;
  readonly key?: string;
  /** Field lines behind the usual ones. */
  readonly fields?: readonly Field[];
  /** The last word on the field lines: reorder, rename, take away. */
  readonly rewrite?: (fields: Field[]) => Field[];
  /** Bytes in the same write as the head (RFC 6455 §4.1 tells a client to wait; some do not). */
  readonly early?: Buffer;
  /** How the bytes of the head are cut into writes; each goes out in a turn of its own. HTTP/1 only. */
  readonly segments?: (bytes: Buffer) => Buffer[];
  /** ms between two segments. Default 0. */
  readonly pause?: number;
  /** ms for connecting, and again for the answer. Default {@link WITHIN}. */
  readonly within?: number;
  /** ms for the answer, when they are not the same. */
  readonly answerWithin?: number;
  /** A plain request: no upgrade is asked for. */
  readonly plain?: boolean;
  readonly body?: Buffer;
}

/** What was sent, for the evidence. */
export interface SentRequest {
  readonly head: RequestHead;
  readonly key: string;
  readonly at: number;
}

/** An answer to the handshake, whatever it says, with the wire below it in the hands of the reader. */
export interface Answer {
  readonly request: SentRequest;
  readonly response: ResponseHead;
  /** Interim responses (1xx other than 101) that came before (RFC 9110 §15.2). */
  readonly interim: readonly ResponseHead[];
  /** 101 over HTTP/1, 2xx over HTTP/2 (RFC 8441 §5): the protocol has been switched. */
  readonly switched: boolean;
  readonly link: Link;
  /** Bytes that came right behind the response head. */
  readonly rest: Buffer;
  /** When the last byte of the response head was here, ms on the monotonic clock. */
  readonly at: number;
  /** Ends what lies below the link (the HTTP/2 session, the TCP socket). */
  readonly dispose: () => void;
}

/** The handshake got no answer that can be read; what was sent and what came is kept for the evidence. */
export interface Unanswered {
  readonly request: SentRequest;
  /** The bytes that came, at most the first 4 KiB. */
  readonly received: Buffer;
}
