import { encodeText, FAREWELL, HixieReader } from '../wire/hixie.ts';
import { Expectation } from './expect.ts';
import type { OpenAnswer } from './open-answer.ts';

/** The client of the drafts of 2009 and 2010, when its handshake has been answered. */
export class HixieClient {
  readonly #answer: OpenAnswer;
  readonly #reader = new HixieReader();
  #bytes: Buffer = Buffer.alloc(0);

  constructor(answer: OpenAnswer) {
    this.#answer = answer;
  }

  /** So many of the bytes behind the head. Errors as {@link OpenAnswer.next}. */
  async read(length: number, what: string): Promise<Buffer> {
    while (this.#bytes.length < length) this.#bytes = Buffer.concat([this.#bytes, await this.#more(what)]);
    const read = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return read;
  }

  /** Sends a text and waits until it comes back. */
  async echo(text: string): Promise<void> {
    this.#answer.write(encodeText(text));
    const echo = await this.#next('the echo of a message');
    if (echo !== text) throw new Expectation(JSON.stringify(text), `${JSON.stringify(echo)} came back`);
  }

  /** Says farewell and waits until the other side does. */
  async bye(): Promise<void> {
    this.#answer.write(FAREWELL);
    const farewell = await this.#next('the farewell 0xFF 0x00');
    if (farewell !== undefined) throw new Expectation('the farewell 0xFF 0x00', `${JSON.stringify(farewell)} came`);
  }

  async #next(what: string): Promise<string | undefined> {
    let messages = this.#reader.push(await this.read(this.#bytes.length, what));
    while (messages.length === 0) messages = this.#reader.push(await this.#more(what));
    return messages[0];
  }

  async #more(what: string): Promise<Buffer> {
    const piece = await this.#answer.next(what);
    if (!piece) throw new Expectation(what, 'the connection ended', 'ended');
    return piece.data;
  }
}
