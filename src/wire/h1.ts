import { setTimeout as delay } from 'node:timers/promises';
import { now } from './clock.ts';
import { openTcp, openTls } from './connect.ts';
import { type Answer, type Endpoint, type HandshakeOptions, type SentRequest, WITHIN } from './endpoint.ts';
import { fieldsTo } from './handshake.ts';
import { endOfHead, type Field, parseResponseHead, RequestHead, type ResponseHead } from './head.ts';
import { describeEnding, type Ending, type Link, socketLink } from './link.ts';
import { withDeadline } from './mailbox.ts';
import { NoAnswer, unsent } from './no-answer.ts';
import { Unexpected } from './unexpected.ts';

/** More interim responses than this are an attack or a loop. */
const MAX_INTERIM = 5;

const EXPECTED = 'an HTTP response to the handshake';

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

/** @param pause ms between two writes */
async function writeInTurns(link: Link, writes: readonly Buffer[], pause: number): Promise<void> {
  for (const bytes of writes) {
    if (link.stream.destroyed) return;
    link.stream.write(bytes);
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
  const { within = WITHIN } = options;
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

/** What one request is answered: the heads of interim responses, that of the final one, and the bytes behind it. */
class IncomingAnswer {
  readonly request: SentRequest;
  readonly interim: ResponseHead[] = [];
  /** Bytes that are no whole head: the beginning of one, or what came behind the last. */
  rest: Buffer = Buffer.alloc(0);
  readonly #response: Promise<ResponseHead>;
  #answered: (response: ResponseHead) => void = () => {};
  #failed: (error: NoAnswer) => void = () => {};
  #over = false;

  constructor(link: Link, request: SentRequest) {
    this.request = request;
    this.#response = new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
    });
    // It may fail while the request is still being written, and nobody waits for it yet.
    this.#response.catch(() => {});
    link.redirect({ onData: (bytes) => this.#read(bytes), onEnd: (ending) => this.#end(ending) });
    if (link.ending) this.#end(link.ending);
  }

  /**
   * The head of the final response.
   * @param within ms
   * @throws NoAnswer when none comes in time, the connection ends, or what comes is no head
   */
  async final(within: number): Promise<ResponseHead> {
    try {
      return await withDeadline(this.#response, within, EXPECTED);
    } catch (error) {
      if (!(error instanceof Unexpected) || error instanceof NoAnswer) throw error;
      const came = this.rest.length === 0 ? 'nothing came' : `only ${this.rest.length} bytes of a head came`;
      throw this.#noAnswer(came, 'timeout', `${EXPECTED} within ${within} ms`);
    }
  }

  #read(bytes: Buffer): void {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    // What follows the answer, while the handshake is still being written, is none of its heads.
    if (this.#over) return;
    try {
      for (let end = endOfHead(this.rest); end >= 0; end = endOfHead(this.rest)) {
        const response = parseResponseHead(this.rest.subarray(0, end));
        this.rest = this.rest.subarray(end);
        this.#over = response.status >= 200 || response.status === 101;
        if (this.#over) return this.#answered(response);
        this.interim.push(response);
        if (this.interim.length > MAX_INTERIM) {
          return this.#failed(this.#noAnswer(`more than ${MAX_INTERIM} interim responses came`, 'protocol'));
        }
      }
    } catch (error) {
      this.#failed(this.#noAnswer((error as Error).message, 'protocol'));
    }
  }

  #end(ending: Ending): void {
    const how = describeEnding(ending).replace(' and no close frame', ' and no response');
    this.#failed(this.#noAnswer(how, 'ended'));
  }

  #noAnswer(actual: string, kind: Unexpected['kind'], expected = EXPECTED): NoAnswer {
    return new NoAnswer(expected, actual, kind, { request: this.request, received: this.rest });
  }
}

/** The writes that the head goes out in, with the body and what a hasty client sends behind it. */
function writesOf(head: RequestHead, { body, early = Buffer.alloc(0), segments }: HandshakeOptions): Buffer[] {
  const bytes = body ? Buffer.concat([head.toBytes(), body]) : head.toBytes();
  return segments ? [...segments(bytes), early] : [Buffer.concat([bytes, early])];
}

async function exchange(link: Link, head: RequestHead, key: string, options: HandshakeOptions): Promise<Answer> {
  const { within = WITHIN, answerWithin = within, pause = 0 } = options;
  const incoming = new IncomingAnswer(link, { head, key, at: now() });
  try {
    await writeInTurns(link, writesOf(head, options), pause);
    const response = await incoming.final(answerWithin);
    const held = link.hold(incoming.rest);
    return {
      request: incoming.request,
      response,
      interim: incoming.interim,
      switched: response.status === 101,
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
