import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { Endpoint } from './endpoint.ts';
import { withDeadline } from './mailbox.ts';
import { Unexpected } from './unexpected.ts';

/** Codes by which the operating system says that it is us who ran out of something, not the far side. */
const LOCAL = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS']);

/** The answer was no record of TLS (RFC 8446 §5.1): something else is spoken on this port. */
const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST']);

function unreachable({ host, port }: Endpoint, error: NodeJS.ErrnoException): Error {
  if (error.code && LOCAL.has(error.code)) return error;
  const why: Record<string, string> = {
    ENOTFOUND: `no address is known of the name ${host}`,
    EAI_AGAIN: `the name ${host} cannot be looked up now`,
  };
  return new Unexpected(
    `a connection to ${host}:${port}`,
    why[error.code ?? ''] ?? error.message,
    error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable',
  );
}

/** What became of a TLS handshake: the messages of OpenSSL have addresses of memory and lines of its source in them. */
function withoutTls({ code = '', message, reason }: NodeJS.ErrnoException & { readonly reason?: string }): Unexpected {
  const words = code.startsWith('ERR_SSL_') ? (reason ?? code) : message;
  return new Unexpected(
    'a TLS connection',
    NO_TLS.has(code) ? 'what answers there does not speak TLS' : words,
    'unreachable',
  );
}

/**
 * A TCP connection with Nagle's algorithm off, that never ends its own side by itself.
 * @param within ms
 * @throws Unexpected when the far side refuses or does not answer; the system's own error when it is ours
 */
export async function openTcp(endpoint: Endpoint, within: number): Promise<Socket> {
  const socket = connectTcp({ host: endpoint.host, port: endpoint.port, allowHalfOpen: true, noDelay: true });
  // Whoever takes the socket over listens for errors as well; until then one must not end the process.
  socket.on('error', () => {});
  try {
    await withDeadline(
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', (error) => reject(unreachable(endpoint, error)));
      }),
      within,
      `a connection to ${endpoint.host}:${endpoint.port}`,
    );
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}

/**
 * Trust in this certificate authority alone, for all connections to an endpoint: to read it again for each of them takes
 * as long as the handshake.
 * @param ca PEM
 */
export const trusting = (ca: string): SecureContext => createSecureContext({ ca });

/**
 * TLS on top of a TCP connection.
 * @param alpn the protocols to offer (RFC 7301)
 * @throws Unexpected when the handshake or the certificate is refused
 */
export async function openTls(endpoint: Endpoint, raw: Socket, alpn: string[], within: number): Promise<TLSSocket> {
  const socket = connectTls({
    socket: raw,
    ALPNProtocols: alpn,
    rejectUnauthorized: !endpoint.insecure,
    ...(endpoint.servername === undefined ? {} : { servername: endpoint.servername }),
    ...(endpoint.trust === undefined ? {} : { secureContext: endpoint.trust }),
  });
  socket.on('error', () => {});
  try {
    await withDeadline(
      new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve);
        socket.once('error', (error) => reject(withoutTls(error)));
        socket.once('close', () => reject(new Unexpected('a TLS connection', 'the far side closed', 'unreachable')));
      }),
      within,
      'the TLS handshake',
    );
  } catch (error) {
    socket.destroy();
    raw.destroy();
    throw error;
  }
  return socket;
}
