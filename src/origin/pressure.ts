import { LIMITS } from './limits.ts';
import type { Visit } from './visit.ts';

/** ms between two messages: kernels give large buffers to whoever is faster, and then nobody's own are to be seen. */
const BREATH = 1;

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
    while (!enough && link.bytesOut < LIMITS.push && (await visit.pause(BREATH))) {
      peer.send(message);
      count++;
      await link.drained();
    }
    peer.send(String(count));
  },
  /** Reads nothing until the journal has it go on, or `delay` is over; then it takes everything. */
  stall: async (visit) => {
    const { link } = await visit.accept();
    link.pause();
    await visit.stall(visit.ms(visit.scene.delay, 10_000));
    link.resume();
  },
};
