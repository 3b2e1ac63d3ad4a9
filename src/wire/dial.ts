import type { Answer, Endpoint, HandshakeOptions } from './endpoint.ts';
import { handshakeOverH1 } from './h1.ts';
import { handshakeOverH2 } from './h2.ts';

/**
 * Opens a connection of its own and asks for a WebSocket, the same over each transport.
 *
 * @returns the answer, whether or not the protocol was switched
 * @throws NoAnswer when the handshake gets no answer, or there is no connection to send it on
 */
export function handshake(endpoint: Endpoint, key: string, options: HandshakeOptions = {}): Promise<Answer> {
  return endpoint.transport === 'h2'
    ? handshakeOverH2(endpoint, key, options)
    : handshakeOverH1(endpoint, key, options);
}
