import { now } from './clock.ts';
import type { Link } from './link.ts';
import { Mailbox } from './mailbox.ts';
import type { Message } from './message.ts';
import type { SeenFrame } from './record.ts';
import { Unexpected } from './unexpected.ts';

/** Bytes of messages that nobody has received yet, beyond which this end stops reading. */
const UNREAD_LIMIT = 128 * 1024 * 1024;
/** What an unread message weighs besides its data. */
const UNREAD_WEIGHT = 256;
/** Control frames that nobody has asked for; the oldest are forgotten first. */
const UNREAD_CONTROLS = 1000;

const weightOf = ({ data }: Message): number => data.length + UNREAD_WEIGHT;

/** What has come over one end of a WebSocket until somebody asks for it, and whether it was legal. */
export class Inbox {
  readonly #link: Link;
  readonly #messages = new Mailbox<Message>();
  readonly #controls = new Mailbox<SeenFrame>(UNREAD_CONTROLS);
  #unread = 0;
  #violation: string | undefined;

  /** @param link is not read from while too much waits here */
  constructor(link: Link) {
    this.#link = link;
  }

  /** The first rule of RFC 6455 that the other side broke. */
  get violation(): string | undefined {
    return this.#violation;
  }

  putMessage(message: Message): void {
    this.#messages.push(message);
    this.#unread += weightOf(message);
    if (this.#unread > UNREAD_LIMIT) this.#link.pause();
  }

  putControl(frame: SeenFrame): void {
    this.#controls.push(frame);
  }

  /** A rule was broken that an endpoint must fail the connection for. Who waits is told; the conversation may go on. */
  break(rule: string): void {
    this.#violation ??= rule;
    this.close(this.#illegal());
  }

  /** Nothing more will come, for this reason. */
  close(cause: Unexpected): void {
    this.#messages.close(cause);
    this.#controls.close(cause);
  }

  /**
   * The next data message.
   * @param within ms
   * @throws Unexpected when none comes in time, the connection ends, or the other side broke RFC 6455
   */
  async message(within: number, what: string): Promise<Message> {
    const message = await this.#messages.next(within, what);
    this.#unread -= weightOf(message);
    if (this.#unread <= UNREAD_LIMIT) this.#link.resume();
    this.#assertLegal();
    return message;
  }

  /** The next control frame of this opcode; others are passed over. Limits and errors as {@link message}. */
  async control(opcode: number, within: number, what: string): Promise<SeenFrame> {
    const deadline = now() + within;
    for (;;) {
      const frame = await this.#controls.next(within, what, deadline - now());
      this.#assertLegal();
      if (frame.opcode === opcode) return frame;
    }
  }

  #assertLegal(): void {
    if (this.#violation !== undefined) throw this.#illegal();
  }

  #illegal(): Unexpected {
    return new Unexpected('frames as RFC 6455 has them', `there came ${this.#violation}`, 'protocol');
  }
}
