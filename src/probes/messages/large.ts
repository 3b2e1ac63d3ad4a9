import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const KIB = 1024;
const SIZES = [64 * KIB, 256 * KIB, 1024 * KIB, 4096 * KIB, 16_384 * KIB];
/** Bytes in a ms that the slowest path must manage: half a megabyte in a second. */
const SLOWEST = 512;

// RFC 6455 §10.4: "Implementations that have implementation- and/or platform-specific limitations regarding the frame
// size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those
// limits." It is for the two ends to have them: a proxy does not need to hold a message in order to pass it on.
export default defineProbe({
  id: 'messages/large',
  title: 'Messages of up to 16 MiB get through',
  failure: 'Large messages do not get through',
  level: 'should',
  spec: ['rfc6455#section-10.4', 'rfc6455#section-7.4.1'],
  needs: ['handshake/upgrade', 'messages/sizes'],
  timeout: 90_000,
  async run({ dial, random, patience, measure }) {
    const socket = await dial();
    let limit = 0;
    try {
      for (const size of SIZES) {
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
  },
  why: 'Uploads and large documents end the connection, with code 1009 or with none.',
});
