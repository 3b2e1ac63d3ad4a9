import type { Field } from '../wire/head.ts';
import type { Conversation } from './conversation.ts';
import { expect } from './expect.ts';
import type { AskOptions, Context, FullAnswer } from './probe.ts';

/** How the origin names a session: after itself, and by a number of its own. */
const SESSION = /^\w+-\w+$/;

/**
 * A client that begins by polling and goes on by WebSocket, as those of Socket.IO, SockJS and SignalR do. It sends the
 * cookies back that it is given (RFC 6265 §5.4): some balancers know their clients by one.
 */
export class PollingClient {
  readonly #context: Pick<Context, 'ask' | 'dial'>;
  readonly #alone: boolean;
  readonly #cookies = new Map<string, string>();
  #session: string | undefined;

  private constructor(context: Pick<Context, 'ask' | 'dial'>, alone: boolean) {
    this.#context = context;
    this.#alone = alone;
  }

  /** Opens a session by the first poll; `alone` says that it is known to the origin that answers and no other. */
  static async begin(context: Pick<Context, 'ask' | 'dial'>, { alone = false } = {}): Promise<PollingClient> {
    const client = new PollingClient(context, alone);
    const session = await client.poll();
    // What stands in its place is for nobody to send back.
    expect(SESSION.test(session) ? 'a session' : session.slice(0, 100)).toBe(
      'a session',
      'the answer to the first poll',
    );
    client.#session = session;
    return client;
  }

  /** Fetches what waits for it. */
  async poll(): Promise<string> {
    return (await this.#ask({ method: 'GET' })).body.toString();
  }

  /** Sends a message. */
  async post(message: string): Promise<void> {
    await this.#ask({ method: 'POST', body: Buffer.from(message) });
  }

  /** Takes the session over by WebSocket. Errors as {@link Context.dial}. */
  upgrade(): Promise<Conversation> {
    return this.#context.dial(this.#identified({}));
  }

  async #ask(options: AskOptions): Promise<FullAnswer> {
    const answer = await this.#context.ask({ ...this.#identified(options), plain: true });
    for (const line of answer.response.all('set-cookie')) {
      const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s);
      this.#cookies.set(name.trim(), value.trim());
    }
    expect(answer.response.status).about('status').toBe(200, `the status of the ${options.method} at the client`);
    return answer;
  }

  #identified(options: AskOptions): AskOptions {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const fields: Field[] = cookie === '' ? [] : [['Cookie', cookie]];
    const session = this.#session === undefined ? {} : { session: this.#session };
    return { ...options, fields, scene: { play: 'session', alone: this.#alone, ...session } };
  }
}
