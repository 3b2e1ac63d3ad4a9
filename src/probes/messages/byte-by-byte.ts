import { Opcode } from '../../wire/frame.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** One for each form of the length, which is the part of a frame that is read in two steps. */
const SIZES = [7, 126, 65_536];

// RFC 9293 §2.2: "TCP provides a reliable, in-order, byte-stream service to applications", in which the borders of segments
// mean nothing; RFC 6455 §5.2 says where a frame ends. So a frame may come in any number of pieces.
export default defineProbe({
  id: 'messages/byte-by-byte',
  title: 'Frames that come one byte at a time get through, in both directions',
  failure: 'Frames that come one byte at a time do not get through',
  level: 'must',
  spec: ['rfc6455#section-5.2', 'rfc9293#section-2.2'],
  needs: ['messages/sizes'],
  async run({ dial, random }) {
    const socket = await dial({ scene: { play: 'drip', size: 1 } });
    for (const size of SIZES) {
      const payload = random(size);
      await socket.dripFrame({ opcode: Opcode.binary, payload }, 1);
      const { data } = await socket.message(`the echo of ${size} bytes`);
      expect(data).toBe(payload, `the echo of ${size} bytes`);
    }
  },
  why: 'On bad networks, and behind TLS with small records, connections break that never do so on the desk of a developer.',
});
