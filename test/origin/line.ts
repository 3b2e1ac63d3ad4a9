import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare connection to the origin, for requests that no client would write. */
export class Line {
  readonly socket: Socket;
  received = '';
  #over = false;
  #changed: () => void = () => {};

  private constructor(socket: Socket) {
    this.socket = socket;
    const over = (): void => {
      this.#over = true;
      this.#changed();
    };
    socket
      .on('error', () => {})
      .on('end', over)
      .on('close', over);
    socket.on('data', (chunk) => {
      this.received += chunk.toString('latin1');
      this.#changed();
    });
  }

  static async to(port: number): Promise<Line> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    await once(socket, 'connect');
    return new Line(socket);
  }

  write(text: string): this {
    this.socket.write(Buffer.from(text, 'latin1'));
    return this;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }

  /** Waits until this has come; what came up to its end is taken away. */
  async until(wanted: string | RegExp): Promise<string> {
    const pattern = typeof wanted === 'string' ? new RegExp(wanted.replace(/[^\w\s]/g, '\\$&')) : wanted;
    for (;;) {
      const found = pattern.exec(this.received);
      if (found) {
        const taken = this.received.slice(0, found.index + found[0].length);
        this.received = this.received.slice(taken.length);
        return taken;
      }
      if (this.#over) throw new Error(`the end came behind ${JSON.stringify(this.received)}`);
      await this.#change();
    }
  }

  /** Waits for the end, and gives what came before it. */
  async ended(): Promise<string> {
    while (!this.#over) await this.#change();
    return this.received;
  }
}
