import { LIMITS } from './limits.ts';
import type { Visit } from './visit.ts';

/** Parts in which one end is faster than the other. */
export const pressure: Record<string, (visit: Visit) => Promise<unknown>> = {
  /**
   * Sends messages of `size` bytes as fast as they are taken, until a message comes. Then it says how many there were,
   * in a text that is shorter than each of them.
   */
  flood: async (visit) => {
    const message = Buffer.alloc(Math.min(visit.scene.size ?? 16_384, LIMITS.push), '.');
    let enough = false;
    let count = 0;
    const peer = await visit.accept(() => {
      enough = true;
    });
    const { link } = peer;
    while (!enough && link.writable && link.bytesOut < LIMITS.push) {
      peer.send(message);
      count++;
      await link.drained();
      // What is taken at once must not keep everybody else in this process waiting.
      await new Promise(setImmediate);
    }
    peer.send(String(count));
  },
  /** Reads nothing until another exchange plays `resume`; then it takes everything. */
  stall: async (visit) => {
    const { link } = await visit.accept();
    link.pause();
    await visit.stall();
    link.resume();
  },
  /** Ends the stall of the exchange whose nonce is in `text`. */
  resume: async (visit) => {
    await visit.accept();
    await visit.resume(visit.scene.text ?? '');
  },
};
