/** Caps of the origin. Nothing that a peer sends can make it grow without bound. */
export const LIMITS = {
  /** A request body beyond this many bytes is refused with 413. */
  body: 4 * 1024 * 1024,
  /** ms for a TLS handshake, and for a request head, to be whole. */
  head: 60_000,
  /** ms that the body of a GET is waited for. */
  bodyOfGet: 500,
  /** ms that the other side may stay when the origin has ended its own side. */
  linger: 30_000,
  /** Exchanges kept in the journal, and roughly their bytes; the oldest are forgotten first. */
  exchanges: 20_000,
  journal: 256 * 1024 * 1024,
  /** Connections without a request that the journal remembers, and the bytes of each. */
  unreadable: { connections: 64, bytes: 256 },
  /** ms that any scene may wait before it goes on. */
  delay: 120_000,
  /** Frames that one message may be cut into. */
  fragments: 1000,
  /** Bytes that one scene may send at once. */
  burst: 16 * 1024 * 1024,
  /** Bytes that one scene may send unasked. */
  push: 256 * 1024 * 1024,
  /** Pieces of one answer that the journal keeps. */
  pieces: 64,
  /** Clients that poll, and messages that wait for one of them. */
  sessions: 1000,
  waiting: 16,
  /** Connections at one time. */
  connections: 10_000,
} as const;
