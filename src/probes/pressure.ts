import { setTimeout as delay } from 'node:timers/promises';
import type { Conversation } from './conversation.ts';

/** Bytes. */
export const MIB = 1024 * 1024;

/** Bytes of one message of a flood: large, so that the framing costs little. */
export const MESSAGE = 64 * 1024;

/**
 * Bytes that no chain of kernels and proxies holds that means to have a limit: each socket takes some MiB, whoever
 * stands at its end.
 */
export const BOTTOMLESS = 64 * MIB;

/** ms between two messages: kernels give large buffers to whoever is faster, and then nobody's own are to be seen. */
const BREATH = 1;

/** What is the same at this many looks, so many ms apart, stands still. */
const SAME_LOOKS = 20;
const STEP = 20;
/** Looks after which something that never stands still is taken as it is. */
const MOST_LOOKS = 500;

/**
 * Waits until a number stands still, or has come to {@link BOTTOMLESS}. It counts looks and not time, because on a busy
 * machine nothing changes while nobody is given a turn.
 */
export async function standstill(look: () => number | Promise<number>): Promise<number> {
  let before = await look();
  for (let looks = 0, same = 0; same < SAME_LOOKS && looks < MOST_LOOKS && before < BOTTOMLESS; looks++) {
    await delay(STEP);
    const next = await look();
    same = next === before ? same + 1 : 0;
    before = next;
  }
  return before;
}

/** The next multiple of 32 MiB: how much the kernels take is never the same, so a report says "at most". */
export const atMost = (bytes: number): number => Math.max(1, Math.ceil(bytes / MIB / 32)) * 32 * MIB;

/** A client that sends messages for as long as they are taken. */
export class Pour {
  /** How many it has sent. */
  count = 0;
  readonly #socket: Conversation;
  #enough = false;

  constructor(socket: Conversation) {
    this.#socket = socket;
    void this.#run();
  }

  /** Bytes that have left this process. */
  get taken(): number {
    const { bytesOut, stream } = this.#socket.link;
    return bytesOut - stream.writableLength;
  }

  /** Sends no more. @returns how many messages it has been in all */
  stop(): number {
    this.#enough = true;
    return this.count;
  }

  async #run(): Promise<void> {
    const { link } = this.#socket;
    const message = Buffer.alloc(MESSAGE, '.');
    while (!this.#enough && link.writable && this.taken < BOTTOMLESS) {
      this.#socket.send(message);
      this.count++;
      await link.drained();
      await delay(BREATH);
    }
  }
}
