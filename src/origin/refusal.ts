import { isKey } from '../wire/handshake.ts';
import type { Field, RequestHead } from '../wire/head.ts';

/** What a request is answered that opens no WebSocket. */
export interface Refusal {
  readonly status: number;
  readonly why: string;
  readonly fields: readonly Field[];
}

/**
 * Why this request is no opening handshake, or undefined when it is one. Generous on purpose where servers differ
 * (HTTP version, Connection), so that one fault of a proxy is one failure; `strict` asks for everything.
 */
export function refusalOf(head: RequestHead, strict = false): Refusal | undefined {
  const h2 = head.version === 'HTTP/2';
  if (h2 && head.get(':protocol')?.toLowerCase() !== 'websocket') {
    return { status: 200, why: 'a plain request, no :protocol', fields: [] };
  }
  if (!h2 && !head.lists('upgrade', 'websocket')) {
    return { status: 200, why: 'no Upgrade: websocket reached the origin', fields: [] };
  }
  if (!h2 && strict) {
    if (head.version === 'HTTP/1.0')
      return { status: 200, why: 'Upgrade is ignored in HTTP/1.0 (RFC 9110 §7.8)', fields: [] };
    if (!head.lists('connection', 'upgrade'))
      return { status: 400, why: 'Connection without upgrade (RFC 6455 §4.2.1)', fields: [] };
  }
  if (!h2 && head.method !== 'GET') return { status: 400, why: 'the method is not GET (RFC 6455 §4.1)', fields: [] };
  // RFC 8441 §5: the version is still processed over HTTP/2, the key is not.
  if (head.get('sec-websocket-version') !== '13') {
    const fields: Field[] = [
      ['Sec-WebSocket-Version', '13'],
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
    ];
    return { status: 426, why: 'Sec-WebSocket-Version is not 13 (RFC 6455 §4.4)', fields };
  }
  if (!h2 && !isKey(head.get('sec-websocket-key')))
    return { status: 400, why: 'no valid Sec-WebSocket-Key (RFC 6455 §4.2.1)', fields: [] };
  return undefined;
}
