import { randomBytes } from 'node:crypto';
import { EnvironmentError } from '../errors.ts';
import { now } from '../wire/clock.ts';
import { handshake } from '../wire/dial.ts';
import type { Answer, Endpoint } from '../wire/endpoint.ts';
import { encodeFrame, FrameReader, isControl, MaskingKeys, Opcode } from '../wire/frame.ts';
import { describeEnding } from '../wire/link.ts';
import { Unexpected } from '../wire/unexpected.ts';

/** One end of a line that is loaded: the proxy, or the origin without it. */
export interface Side {
  readonly endpoint: Endpoint;
  /** What the origin writes on answers without a nonce: nobody else can. */
  readonly stamp: string;
  /** ms that any single wait may take. */
  readonly patience: number;
}

/** A WebSocket to the origin that counts echoes and keeps nothing of them. */
export class EchoClient {
  readonly #answer: Answer;
  readonly #reader = new FrameReader();
  readonly #keys = new MaskingKeys();
  #onEcho: () => void = () => {};
  #onLoss: (error: Error) => void = () => {};

  private constructor(answer: Answer) {
    this.#answer = answer;
    const { link } = answer;
    link.redirect({
      onData: (chunk) => {
        for (const { fin, opcode } of this.#reader.push(chunk)) if (fin && !isControl(opcode)) this.#onEcho();
      },
      onEnd: (ending) => this.#onLoss(new EnvironmentError(`Under load ${describeEnding(ending)}.`)),
    });
  }

  /** @throws EnvironmentError when no WebSocket to the origin opens */
  static async open({ endpoint, stamp, patience }: Side): Promise<EchoClient> {
    const key = randomBytes(16).toString('base64');
    const answer = await handshake(endpoint, key, { within: patience }).catch((error: unknown) => {
      if (!(error instanceof Unexpected)) throw error;
      throw new EnvironmentError(
        `No WebSocket opens: ${error.actual}, where ${error.expected} was due. wsproof probe says why.`,
      );
    });
    const { response, switched } = answer;
    if (switched && response.get('x-wsproof-origin') === stamp) return new EchoClient(answer);
    answer.dispose();
    const who = switched ? 'and not from the origin' : 'and no 101';
    throw new EnvironmentError(
      `No WebSocket to the origin opens: ${response.start} came, ${who}. wsproof probe says why.`,
    );
  }

  #send(payload: Buffer): void {
    this.#answer.link.write(encodeFrame({ opcode: Opcode.binary, payload, mask: this.#keys.next() }));
  }

  /**
   * Keeps so many messages on their way, until a time has come.
   *
   * @param until ms on the monotonic clock
   * @param onEcho is told of each echo
   * @throws EnvironmentError when the connection ends before
   */
  pump(payload: Buffer, window: number, until: number, onEcho: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#onLoss = reject;
      this.#onEcho = () => {
        onEcho();
        if (now() < until) this.#send(payload);
        else resolve();
      };
      for (let sent = 0; sent < window; sent++) this.#send(payload);
    });
  }

  close(): void {
    this.#onEcho = () => {};
    this.#onLoss = () => {};
    this.#answer.dispose();
  }
}
