import type { Socket } from 'node:net';
import { now } from '../wire/clock.ts';

/** What one origin gives to strangers. */
export interface GuardLimits {
  /** Connections at one time. */
  readonly connections: number;
  /** ms that a connection may take in all. */
  readonly lifetime: number;
  /** ms without a byte in either direction. */
  readonly idle: number;
  /** Bytes of one connection, both directions together. */
  readonly bytes: number;
  /** Bytes of all connections in one day. */
  readonly daily: number;
}

/** For an origin that anybody can reach (`wsproof serve --public`). */
export const PUBLIC: GuardLimits = {
  connections: 512,
  lifetime: 15 * 60_000,
  idle: 60_000,
  bytes: 20 * 1024 ** 2,
  daily: 1024 ** 3,
};

/** ms between two looks at all connections. */
const STEP = 1000;
const DAY = 24 * 60 * 60_000;

interface Watched {
  since: number;
  /** When bytes were seen last. */
  active: number;
  bytes: number;
  /** It bears requests of somebody who is no stranger. */
  trusted: boolean;
}

/**
 * Keeps an origin harmless that strangers can reach: so many connections, so long, so many bytes. It counts connections
 * and not addresses, because behind a proxy all of them come from one.
 */
export class Guard {
  readonly #limits: GuardLimits;
  readonly #clock: () => number;
  readonly #watched = new Map<Socket, Watched>();
  readonly #numbers = new Map<number, Socket>();
  readonly #timer: NodeJS.Timeout;
  #day: number;
  #today = 0;

  /** @param clock ms, on a clock that only goes on */
  constructor(limits: GuardLimits = PUBLIC, clock: () => number = now) {
    this.#limits = limits;
    this.#clock = clock;
    this.#day = clock();
    this.#timer = setInterval(() => this.sweep(), STEP).unref();
  }

  /** Whether there is no room for one more connection, or nothing left for this day. */
  get full(): boolean {
    return this.#watched.size >= this.#limits.connections || this.#today >= this.#limits.daily;
  }

  /** Looks after a connection until it ends. @param number by which {@link trust} calls it */
  watch(socket: Socket, number: number): void {
    const since = this.#clock();
    this.#watched.set(socket, { since, active: since, bytes: 0, trusted: false });
    this.#numbers.set(number, socket);
    socket.once('close', () => {
      this.#count(socket);
      this.#watched.delete(socket);
      this.#numbers.delete(number);
    });
  }

  /** Whether the last request of a connection was no stranger's: as long as it was not, no limit ends it. */
  trust(number: number, trusted: boolean): void {
    const socket = this.#numbers.get(number);
    const watched = socket && this.#watched.get(socket);
    if (!watched || watched.trusted === trusted) return;
    this.#count(socket);
    watched.trusted = trusted;
    watched.since = this.#clock();
    watched.bytes = socket.bytesRead + socket.bytesWritten;
  }

  #count(socket: Socket): void {
    const watched = this.#watched.get(socket);
    if (!watched) return;
    const bytes = socket.bytesRead + socket.bytesWritten;
    if (bytes === watched.bytes) return;
    if (!watched.trusted) this.#today += bytes - watched.bytes;
    watched.bytes = bytes;
    watched.active = this.#clock();
  }

  /** Ends the connections that have had what there is for one. */
  sweep(): void {
    const at = this.#clock();
    if (at - this.#day >= DAY) {
      this.#day = at;
      this.#today = 0;
    }
    const { lifetime, idle, bytes, daily } = this.#limits;
    for (const [socket, watched] of this.#watched) {
      this.#count(socket);
      if (watched.trusted) continue;
      const over = at - watched.since >= lifetime || at - watched.active >= idle || watched.bytes > bytes;
      if (over || this.#today >= daily) socket.destroy();
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
