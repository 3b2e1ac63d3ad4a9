import { expect } from './expect.ts';
import type { Context } from './probe.ts';

/** Bytes in a ms that the slowest path must manage: half a megabyte in a second. */
const SLOWEST = 512;

/**
 * Sends messages of these sizes (bytes, ascending) and waits for each to come back. When one does not, the largest that
 * did is reported as `messageLimit`.
 * @param known bytes that are known to get through
 * @throws Unexpected when one does not come back as it was sent
 */
export async function echoEach(
  { dial, random, patience, measure }: Pick<Context, 'dial' | 'random' | 'patience' | 'measure'>,
  sizes: readonly number[],
  known = 0,
): Promise<void> {
  const socket = await dial();
  let limit = known;
  try {
    for (const size of sizes) {
      const data = Buffer.alloc(size, random(61));
      socket.send(data);
      const echo = await socket.receive(patience + size / SLOWEST, `the echo of ${size} bytes`);
      expect(echo.data.equals(data)).toBe(true, `the echo of ${size} bytes is what was sent`);
      limit = size;
    }
  } catch (error) {
    measure('messageLimit', limit, 'bytes');
    throw error;
  }
}
