import { startSilence } from '../wire/clock.ts';
import type { Answer, SentRequest } from '../wire/endpoint.ts';
import { Opcode } from '../wire/frame.ts';
import type { ResponseHead } from '../wire/head.ts';
import type { Message } from '../wire/message.ts';
import { type Closing, Peer, type PeerOptions } from '../wire/peer.ts';
import type { SeenFrame } from '../wire/record.ts';
import { Unexpected } from '../wire/unexpected.ts';

/** What was sent, and the nonce by which the origin's journal finds it again. */
export interface ProbeRequest extends SentRequest {
  readonly nonce: string;
}

/** How a conversation behaves by itself, and how long it waits. */
export interface ConversationOptions extends Pick<PeerOptions, 'auto' | 'deflate' | 'takeover' | 'glued'> {
  /** ms that each wait of this conversation may take. */
  readonly patience: number;
}

/** An open WebSocket through the proxy, seen from the client. Waits have the run's patience as their limit. */
export class Conversation extends Peer {
  readonly request: ProbeRequest;
  readonly response: ResponseHead;
  /** When the response head was whole, ms on the monotonic clock. */
  readonly switchedAt: number;
  readonly patience: number;

  constructor(request: ProbeRequest, answer: Answer, options: ConversationOptions) {
    const { patience, ...rest } = options;
    super(answer.link, { role: 'client', ...rest }, answer.rest);
    this.request = request;
    this.response = answer.response;
    this.switchedAt = answer.at;
    this.patience = patience;
  }

  /** The next data message. Errors as {@link Peer.receive}. */
  message(what = 'a message'): Promise<Message> {
    return this.receive(this.patience, what);
  }

  /** The next data messages, in order: this many, or fewer when no more come in time. */
  async messages(count: number): Promise<Message[]> {
    const came: Message[] = [];
    try {
      while (came.length < count) came.push(await this.message());
    } catch (error) {
      if (!(error instanceof Unexpected) || error.kind === 'protocol') throw error;
    }
    return came;
  }

  /** Sends a message and waits for the next one that comes: the origin's echo, unless the scene says otherwise. */
  async echo(data: string | Buffer): Promise<Message> {
    this.send(data);
    return this.message('the echo of the message');
  }

  /** Pings and waits for a pong. */
  async ping(payload: Buffer): Promise<SeenFrame> {
    this.sendFrame({ opcode: Opcode.ping, payload });
    return this.control(Opcode.pong, this.patience, 'a pong');
  }

  /** Waits until the far side has ended. */
  end(what?: string): Promise<Closing> {
    return this.closed(this.patience, what);
  }

  /** How the far side has ended, or undefined when it has not within this many ms. */
  async endWithin(ms: number): Promise<Closing | undefined> {
    return this.closed(ms).catch((error: unknown) => {
      if (error instanceof Unexpected && error.kind === 'timeout') return undefined;
      throw error;
    });
  }

  /** How the far side has ended, or undefined when it has not by this time on the monotonic clock (ms). */
  async endBy(at: number): Promise<Closing | undefined> {
    const ended = await new Promise<boolean>((resolve) => {
      const callOff = startSilence(at, () => resolve(false));
      void this.link.ended.then(() => {
        callOff();
        resolve(true);
      });
    });
    return ended ? this.end() : undefined;
  }

  /** The closing handshake from our side. */
  bye(code?: number, reason?: string): Promise<Closing> {
    return this.close(this.patience, code, reason);
  }
}
