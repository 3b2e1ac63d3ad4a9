import { setTimeout as delay } from 'node:timers/promises';
import { now } from './clock.ts';
import { openTcp, openTls } from './connect.ts';
import type { Answer, Endpoint, HandshakeOptions, SentRequest, Unanswered } from './endpoint.ts';
import { fieldsTo } from './handshake.ts';
import { endOfHead, type Field, parseResponseHead, RequestHead, type ResponseHead } from './head.ts';
import { describeEnding, type Ending, type Link, socketLink } from './link.ts';
import { withDeadline } from './mailbox.ts';
import { Unexpected } from './unexpected.ts';

/** More interim responses than this are an attack or a loop. */
const MAX_INTERIM = 5;

/** The handshake got no readable answer. */
export class NoAnswer extends Unexpected {
  override readonly name = 'NoAnswer';
  readonly unanswered: Unanswered;
  constructor(expected: string, actual: string, kind: Unexpected['kind'], unanswered: Unanswered, about?: string) {
    super(expected, actual, kind, about);
    this.unanswered = unanswered;
  }
}

/** For a connection that could not be had: the handshake got no answer because it was never sent. */
export function unsent(head: RequestHead, key: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Unexpected)) throw error;
    const request: SentRequest = { head, key, at: now() };
    throw new NoAnswer(error.expected, error.actual, error.kind, { request, received: Buffer.alloc(0) }, error.about);
  };
}

/** The opening handshake of RFC 6455 §4.1 as a browser writes it, before anything is rewritten. */
function requestHead(endpoint: Endpoint, key: string, options: HandshakeOptions): RequestHead {
  const { method = 'GET', target = endpoint.base || '/', version = 'HTTP/1.1', plain = false, body } = options;
  const upgrade: Field[] = plain
    ? []
    : [
        ['Connection', 'Upgrade'],
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Version', '13'],
        ['Sec-WebSocket-Key', key],
      ];
  const length: Field[] = body ? [['Content-Length', String(body.length)]] : [];
  const all: Field[] = [['Host', endpoint.authority], ...upgrade, ...length, ...fieldsTo(endpoint, options.fields)];
  return new RequestHead(`${method} ${target} ${version}`, options.rewrite ? options.rewrite(all) : all);
}

async function writeInSegments(link: Link, segments: Buffer[], pause: number): Promise<void> {
  for (const segment of segments) {
    if (link.stream.destroyed) return;
    link.stream.write(segment);
    // A turn of the loop lets each write leave as a segment of its own (Nagle is off).
    await (pause > 0 ? delay(pause) : new Promise(setImmediate));
  }
}

/**
 * Opens a connection of its own, writes the handshake and reads the answer's head.
 *
 * @throws NoAnswer when nothing that is an HTTP response comes, or there is no connection
 */
export async function handshakeOverH1(endpoint: Endpoint, key: string, options: HandshakeOptions): Promise<Answer> {
  const { within = 5000 } = options;
  const head = requestHead(endpoint, key, options);
  const lost = unsent(head, key);
  const raw = await openTcp(endpoint, within).catch(lost);
  const socket = endpoint.transport === 'ws' ? raw : await openTls(endpoint, raw, ['http/1.1'], within).catch(lost);
  return exchange(socketLink(socket, { onData: () => {} }, raw), head, key, options);
}

/**
 * Writes a further request on the connection of an answer that has been read, and reads the head of what it is answered.
 *
 * @throws NoAnswer when nothing that is an HTTP response comes
 */
export function requestAgain(
  before: Answer,
  endpoint: Endpoint,
  key: string,
  options: HandshakeOptions,
): Promise<Answer> {
  return exchange(before.link, requestHead(endpoint, key, options), key, options);
}

async function exchange(link: Link, head: RequestHead, key: string, options: HandshakeOptions): Promise<Answer> {
  const { within = 5000, answerWithin = within } = options;
  const request: SentRequest = { head, key, at: now() };
  let received: Buffer = Buffer.alloc(0);
  const interim: ResponseHead[] = [];
  let over = false;
  let settle: { resolve(response: ResponseHead): void; reject(error: Error): void } | undefined;
  const answered = new Promise<ResponseHead>((resolve, reject) => {
    settle = { resolve, reject };
  });
  answered.catch(() => {});
  const fail = (actual: string, kind: Unexpected['kind']): void =>
    settle?.reject(
      new NoAnswer('an HTTP response to the handshake', actual, kind, {
        request,
        received: received.subarray(0, 4096),
      }),
    );
  const onEnd = (ending: Ending): void =>
    fail(describeEnding(ending).replace(' and no close frame', ' and no response'), 'ended');

  link.redirect({
    onData(chunk) {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      // What follows the answer, while the handshake is still being written, is none of its heads.
      if (over) return;
      try {
        for (let end = endOfHead(received); end >= 0; end = endOfHead(received)) {
          const response = parseResponseHead(received.subarray(0, end));
          received = received.subarray(end);
          over = response.status >= 200 || response.status === 101;
          if (over) return settle?.resolve(response);
          interim.push(response);
          if (interim.length > MAX_INTERIM) return fail(`more than ${MAX_INTERIM} interim responses came`, 'protocol');
        }
      } catch (error) {
        fail((error as Error).message, 'protocol');
      }
    },
    onEnd,
  });
  if (link.ending) onEnd(link.ending);

  const bytes = Buffer.concat([head.toBytes(), options.body ?? Buffer.alloc(0)]);
  const early = options.early ?? Buffer.alloc(0);
  const segments = options.segments ? [...options.segments(bytes), early] : [Buffer.concat([bytes, early])];
  const writing = writeInSegments(link, segments, options.pause ?? 0);

  try {
    await writing;
    const response = await withDeadline(answered, answerWithin, 'an HTTP response to the handshake').catch((error) => {
      if (error instanceof NoAnswer) throw error;
      const came = received.length === 0 ? 'nothing came' : `only ${received.length} bytes of a head came`;
      throw new NoAnswer(`an HTTP response to the handshake within ${answerWithin} ms`, came, 'timeout', {
        request,
        received,
      });
    });
    const switched = response.status === 101;
    const held = link.hold(received);
    return {
      request,
      response,
      interim,
      switched,
      link,
      get rest() {
        return held.bytes;
      },
      at: now(),
      dispose: () => void link.stream.destroy(),
    };
  } catch (error) {
    link.stream.destroy();
    throw error;
  }
}
