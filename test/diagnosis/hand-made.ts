import type { Evidence } from '../../src/diagnosis/evidence.ts';
import type { Exchange } from '../../src/origin/journal.ts';
import { sampleOf } from '../../src/wire/body.ts';
import { Opcode } from '../../src/wire/frame.ts';
import {
  type Field,
  parseRequestHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
} from '../../src/wire/head.ts';
import { FrameRecord, type SeenFrame } from '../../src/wire/record.ts';
import { Unexpected, type UnexpectedKind } from '../../src/wire/unexpected.ts';
import { withFields, without, withStart } from '../mutants/mutant.ts';

const bytes = (text: string): Buffer => Buffer.from(`${text.trim().replace(/\n\s*/g, '\r\n')}\r\n\r\n`);

export const request = (text: string): RequestHead => parseRequestHead(bytes(text));
export const response = (text: string): ResponseHead => parseResponseHead(bytes(text));

export const HANDSHAKE = request(`
  GET /chat/room?nonce=n1&scene=echo HTTP/1.1
  Host: wsproof.test
  Connection: Upgrade
  Upgrade: websocket
  Sec-WebSocket-Version: 13
  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
`);

export const SWITCH = response(`
  HTTP/1.1 101 Switching Protocols
  Upgrade: websocket
  Connection: Upgrade
  Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
  X-Wsproof-Origin: 0123456789abcdef
`);

export const plus = <H extends RequestHead | ResponseHead>(head: H, ...added: Field[]): H =>
  withFields(head, (fields) => [...fields, ...added]);

export const PLAIN = without(HANDSHAKE, 'connection', 'upgrade', 'sec-websocket-key', 'sec-websocket-version');
export const OFFER = plus(HANDSHAKE, ['Sec-WebSocket-Protocol', 'v2.chat, v1.chat']);
export const COOKIES = plus(SWITCH, ['Set-Cookie', 'sid=1; Path=/'], ['Set-Cookie', 'shard=2; Path=/']);
export const REFUSAL = response(`
  HTTP/1.1 401 Unauthorized
  WWW-Authenticate: Bearer
  X-Wsproof-Origin: 0123456789abcdef
  Content-Length: 4
`);
export const CHUNKED = plus(without(REFUSAL, 'content-length'), ['Transfer-Encoding', 'chunked']);
export const page = (status: string, body: string): ResponseHead =>
  response(`HTTP/1.1 ${status}\nServer: some-proxy\nContent-Length: ${body.length}`);
export const body = (text: string) => sampleOf(Buffer.from(text));
export const SENT_BODY = { replyBody: body('shut') };

export const frame = (way: SeenFrame['way'], rsv = 0): SeenFrame =>
  new FrameRecord().note({ fin: true, rsv, opcode: Opcode.text, masked: false, payload: Buffer.from('hello') }, way);

/** HTTP/2 has other words for the same thing (RFC 8441 §4). */
export const CONNECT = withFields(
  withStart(PLAIN, HANDSHAKE.start.replace('GET', 'CONNECT').replace('1.1', '2')),
  (fields) => [
    [':protocol', 'websocket'],
    [':authority', 'wsproof.test'],
    ...fields.filter(([name]) => name !== 'Host'),
  ],
);
export const SWITCH_H2 = response('HTTP/1.1 200 OK\nX-Wsproof-Origin: 0123456789abcdef');
export const h2 = (head: ResponseHead): ResponseHead => withStart(head, head.start.replace('HTTP/1.1', 'HTTP/2'));

/** What differs from an exchange in which everything came through. `null` is a view that there is not. */
export interface Case extends Partial<Omit<Evidence, 'originSaw' | 'originReplied' | 'clientSaw' | 'failure'>> {
  /** What arrived at the origin. Default: what was sent. */
  readonly saw?: RequestHead | null;
  /** What the origin answered. Default: a 101. */
  readonly replied?: ResponseHead | null;
  /** What came to the client. Default: what the origin answered. */
  readonly got?: ResponseHead | null;
  /** What else the origin noted of the exchange. */
  readonly noted?: Partial<Exchange>;
  readonly kind?: UnexpectedKind;
  readonly about?: string;
}

/** Evidence written by hand. */
export function evidence(of: Case = {}): Evidence {
  const { sent = HANDSHAKE, saw = sent, replied = SWITCH, got = replied, noted, kind = 'value', about, ...views } = of;
  const exchange: Exchange | undefined = saw
    ? {
        nonce: 'n1',
        origin: 'a',
        connection: 1,
        transport: 'ws',
        arrivedAt: 1,
        head: saw,
        early: 0,
        body: { preview: Buffer.alloc(0), length: 0 },
        frames: [],
        messages: 0,
        bytesIn: 0,
        bytesOut: 0,
        ...(replied ? { reply: replied, repliedAt: 2 } : {}),
        ...noted,
      }
    : undefined;
  return {
    transport: 'ws',
    nonce: 'n1',
    sent,
    requests: [{ nonce: 'n1', origins: exchange ? ['a'] : [] }],
    arrivals: exchange ? 1 : 0,
    ...(exchange ? { originSaw: exchange } : {}),
    ...(exchange && replied ? { originReplied: replied } : {}),
    ...(got ? { clientSaw: got } : {}),
    stamped: got?.get('x-wsproof-origin') === SWITCH.get('x-wsproof-origin'),
    clientFrames: [],
    clientPieces: [],
    judgedAt: 3,
    ...views,
    failure: new Unexpected('one thing', 'another came', kind, about),
  };
}
