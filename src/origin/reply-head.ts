import { DEFLATE_ALONE, DEFLATE_TAKEOVER, namesDeflate } from '../wire/deflate.ts';
import { acceptFor } from '../wire/handshake.ts';
import { type Field, type RequestHead, ResponseHead } from '../wire/head.ts';
import type { Scene } from './scene.ts';

/** What the head of an answer is made of. */
export interface Occasion {
  readonly request: RequestHead;
  readonly scene: Scene;
  /** The field by which the client knows that the answer is the origin's. */
  readonly stamp: Field;
}

const REASONS: Record<number, string> = {
  101: 'Switching Protocols',
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  426: 'Upgrade Required',
  503: 'Service Unavailable',
};

/** Whether the scene wants permessage-deflate and the client offers it (RFC 7692 §5). */
export const agreesToDeflate = ({ request, scene }: Occasion): boolean =>
  scene.deflate === true && namesDeflate(request);

/** What stands in a 101 besides the scene's own fields. */
export function switchFields(occasion: Occasion): Field[] {
  const { request, scene, stamp } = occasion;
  const { protocol, takeover } = scene;
  const upgrade: Field[] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptFor(request.get('sec-websocket-key') ?? '')],
  ];
  const subprotocol: Field[] =
    protocol && request.list('sec-websocket-protocol').includes(protocol) ? [['Sec-WebSocket-Protocol', protocol]] : [];
  const extensions: Field[] = agreesToDeflate(occasion)
    ? [['Sec-WebSocket-Extensions', takeover ? DEFLATE_TAKEOVER : DEFLATE_ALONE]]
    : [];
  return [...(request.version === 'HTTP/2' ? [] : upgrade), stamp, ...subprotocol, ...extensions];
}

/** The 101 (over HTTP/2: 200) that opens the WebSocket, with the stamp and what the scene adds. */
export function switchHead(occasion: Occasion): ResponseHead {
  const start = occasion.request.version === 'HTTP/2' ? 'HTTP/2 200' : `HTTP/1.1 101 ${REASONS[101]}`;
  return new ResponseHead(start, [...switchFields(occasion), ...(occasion.scene.fields ?? [])]);
}

/** The head of an answer that does not switch protocols. */
export function answerHead(
  { request, scene, stamp }: Occasion,
  status: number,
  fields: readonly Field[],
): ResponseHead {
  const version = request.version === 'HTTP/2' ? 'HTTP/2' : 'HTTP/1.1';
  const reason = scene.reason ?? REASONS[status] ?? 'Status';
  // RFC 9112 §9.6: who asked for the end is told that it comes; there are proxies that keep the connection otherwise.
  const end: readonly Field[] = request.last ? [['Connection', 'close']] : [];
  return new ResponseHead(`${version} ${status} ${reason}`, [stamp, ...fields, ...end]);
}
