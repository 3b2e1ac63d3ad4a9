import type { RequestHead } from '../wire/head.ts';

/**
 * Whether this came through a tunnel as far as anybody can tell: byte for byte. RFC 9110 §3.7: "A "tunnel" acts as a blind
 * relay between two connections without changing the messages. Once active, a tunnel is not considered a party to the
 * HTTP communication", so what the RFC asks of intermediaries is not asked of it.
 */
export const tunnelled = (sent: RequestHead, arrived: RequestHead): boolean => sent.toString() === arrived.toString();
