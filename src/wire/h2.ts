import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type IncomingHttpHeaders,
  type Settings,
} from 'node:http2';
import { now } from './clock.ts';
import { openTcp, openTls } from './connect.ts';
import { type Answer, type Endpoint, type HandshakeOptions, type SentRequest, WITHIN } from './endpoint.ts';
import { fieldsTo } from './handshake.ts';
import { type Field, HEAD_LIMIT, RequestHead, ResponseHead } from './head.ts';
import { streamLink } from './link.ts';
import { withDeadline } from './mailbox.ts';
import { NoAnswer, unsent } from './no-answer.ts';
import { Unexpected } from './unexpected.ts';

/** The header block of HTTP/2 as field lines, pseudo-header fields left out (RFC 9113 §8.3). */
export function fieldsOf(headers: IncomingHttpHeaders): Field[] {
  return Object.entries(headers)
    .filter(([name]) => !name.startsWith(':'))
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [String(value)]).map((line): Field => [name, line]));
}

/**
 * An HTTP/2 connection of its own, on which extended CONNECT may be sent when `extended` says so (RFC 8441 §3).
 * @throws Unexpected when h2 is not chosen by ALPN, no SETTINGS come, or they do not allow what is asked for
 */
async function openSession(endpoint: Endpoint, within: number, extended: boolean): Promise<ClientHttp2Session> {
  const raw = await openTcp(endpoint, within);
  const socket = await openTls(endpoint, raw, ['h2', 'http/1.1'], within);
  if (socket.alpnProtocol !== 'h2') {
    socket.destroy();
    throw new Unexpected(
      'h2 to be chosen by ALPN (RFC 7301)',
      `${socket.alpnProtocol || 'nothing'} was chosen`,
      'protocol',
      'alpn',
    );
  }
  const session = connect(`https://${endpoint.authority}`, {
    createConnection: () => socket,
    // The default would end the stream before anything is sent.
    maxSendHeaderBlockLength: HEAD_LIMIT.bytes,
  });
  // What went wrong is told by what waits: the settings here, each stream for itself. Without a listener it ends the process.
  session.on('error', () => {});
  // HTTP/2 knows no half-closed connection, and a session that is left open would not notice.
  socket.once('end', () => socket.destroy());
  const settings = new Promise<Settings>((resolve, reject) => {
    session.once('remoteSettings', resolve);
    session.once('close', () => reject(new Unexpected('HTTP/2 SETTINGS', 'the connection ended', 'ended')));
  });
  // The deadline may come first; then nobody waits for them any more.
  settings.catch(() => {});
  try {
    const { enableConnectProtocol } = await withDeadline(settings, within, 'HTTP/2 SETTINGS');
    if (extended && enableConnectProtocol !== true) {
      const expected = 'SETTINGS_ENABLE_CONNECT_PROTOCOL = 1 (RFC 8441 §3)';
      throw new Unexpected(expected, 'the far side does not advertise it', 'protocol', 'settings');
    }
    return session;
  } catch (error) {
    session.destroy();
    throw error;
  }
}

function pseudoFields(endpoint: Endpoint, options: HandshakeOptions): Record<string, string> {
  const path = options.target ?? (endpoint.base || '/');
  const common = { ':scheme': 'https', ':path': path, ':authority': endpoint.authority };
  if (options.plain) return { ':method': options.method ?? 'GET', ...common };
  return { ':method': options.method ?? 'CONNECT', ':protocol': 'websocket', ...common };
}

/** The header block, and the same as a head for whoever looks at what was sent. */
function requestBlock(endpoint: Endpoint, options: HandshakeOptions): [Record<string, string | string[]>, RequestHead] {
  const pseudo = pseudoFields(endpoint, options);
  const usual: Field[] = options.plain ? [] : [['sec-websocket-version', '13']];
  // RFC 9113 §8.1.1: not needed, and sent by browsers all the same, so that whoever forwards it knows the length.
  const length: Field[] = options.body ? [['content-length', String(options.body.length)]] : [];
  const lines = [...usual, ...length, ...fieldsTo(endpoint, options.fields)];
  const fields = (options.rewrite ? options.rewrite(lines) : lines).map(
    ([name, value]): Field => [name.toLowerCase(), value],
  );
  const headers: Record<string, string | string[]> = { ...pseudo };
  for (const [name, value] of fields) {
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  const shown = Object.entries(pseudo).filter(([name]) => name !== ':method' && name !== ':path');
  return [headers, new RequestHead(`${pseudo[':method']} ${pseudo[':path']} HTTP/2`, [...shown, ...fields])];
}

const responseHeadOf = (block: IncomingHttpHeaders): ResponseHead =>
  new ResponseHead(`HTTP/2 ${block[':status']}`, fieldsOf(block));

/**
 * The head of the final response on a stream.
 * @param within ms
 * @throws Unexpected when none comes in time, or the stream ends without one
 */
async function responseOn(stream: ClientHttp2Stream, within: number): Promise<ResponseHead> {
  const expected = 'a response to the extended CONNECT';
  const answered = new Promise<IncomingHttpHeaders>((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('close', () =>
      reject(new Unexpected(expected, `the stream ended with error code ${stream.rstCode}`, 'ended')),
    );
  });
  return responseHeadOf(await withDeadline(answered, within, expected));
}

/**
 * Extended CONNECT (RFC 8441 §4): the same conversation as a stream of an HTTP/2 connection.
 * Key and accept do not exist there (§5), and the options that shape HTTP/1 bytes have no meaning.
 *
 * @throws NoAnswer when the far side does not advertise it (§3), or the stream ends without a response
 */
export async function handshakeOverH2(endpoint: Endpoint, key: string, options: HandshakeOptions): Promise<Answer> {
  const { within = WITHIN, answerWithin = within } = options;
  const [headers, head] = requestBlock(endpoint, options);
  const session = await openSession(endpoint, within, options.plain !== true).catch(unsent(head, key));
  try {
    const stream = session.request(headers, { endStream: options.plain === true && !options.body });
    if (options.body) stream.end(options.body);

    const request: SentRequest = { head, key, at: now() };
    const link = streamLink(stream, { onData: () => {} });
    const held = link.hold(Buffer.alloc(0));
    const interim: ResponseHead[] = [];
    stream.on('headers', (block) => interim.push(responseHeadOf(block)));
    if (options.early) stream.write(options.early);
    const response = await responseOn(stream, answerWithin).catch((error: unknown) => {
      if (!(error instanceof Unexpected)) throw error;
      const actual = error.kind === 'timeout' ? 'nothing came' : error.actual;
      throw new NoAnswer(error.expected, actual, error.kind, { request, received: held.bytes });
    });
    const { status } = response;
    return {
      request,
      response,
      interim,
      switched: !options.plain && status >= 200 && status < 300,
      link,
      get rest() {
        return held.bytes;
      },
      at: now(),
      dispose: () => session.destroy(),
    };
  } catch (error) {
    session.destroy();
    throw error;
  }
}
