import type { RequestHead, ResponseHead } from '../wire/head.ts';
import type { Evidence } from './evidence.ts';

/**
 * How far an exchange had come when something did not hold. A symptom of one stage says nothing about another: a Host
 * that the proxy rewrites in each handshake is not why a connection is cut an hour later.
 *
 * - `handshake`: no switch of protocols has come to the client
 * - `heads`: it has, and what did not hold stands in the two heads
 * - `conversation`: frames had gone, something was waited for, or an end had come
 */
export type Stage = 'handshake' | 'heads' | 'conversation';

/** Whether a request asks for a WebSocket, in the words of its HTTP version (RFC 6455 §4.1, RFC 8441 §4). */
export function asksForWebSocket(head: RequestHead): boolean {
  return head.version === 'HTTP/2' ? head.has(':protocol') : head.lists('upgrade', 'websocket');
}

/** Whether this answer to that request switches protocols. */
export function switches(request: RequestHead, response: ResponseHead | undefined): boolean {
  if (!response) return false;
  if (request.version !== 'HTTP/2') return response.status === 101;
  return asksForWebSocket(request) && response.status >= 200 && response.status < 300;
}

/** RFC 9110 §15.4: the client is to go elsewhere. */
export const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** RFC 9110 §15.6.3 to §15.6.5: what gateways say of an origin that is not to be had. */
export const UNAVAILABLE: readonly number[] = [502, 503, 504];

/** How far an exchange had come when it went wrong. */
export function stageOf({ sent, clientSaw, clientFrames, clientEnding, originSaw, failure }: Evidence): Stage {
  if (!switches(sent, clientSaw)) return 'handshake';
  const begun = clientFrames.length > 0 || (originSaw?.frames.length ?? 0) > 0;
  const ended = clientEnding !== undefined || originSaw?.ending !== undefined;
  return begun || ended || failure.kind !== 'value' ? 'conversation' : 'heads';
}

/** The part that the origin was asked to play, which stands in the query; without one it echoes. */
export function sceneOf({ target }: RequestHead): string | undefined {
  return /[?&]scene=([^&]*)/.exec(target)?.[1];
}
