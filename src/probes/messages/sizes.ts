import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** The borders of the three forms of the payload length, and no payload at all. */
const SIZES = [0, 1, 125, 126, 127, 65_535, 65_536];

// RFC 6455 §5.2: "The length of the "Payload data", in bytes: if 0-125, that is the payload length. If 126, the
// following 2 bytes [...] are the payload length. If 127, the following 8 bytes [...] are the payload length."
export default defineProbe({
  id: 'messages/sizes',
  title: 'Messages of every form of length arrive, the empty one as well',
  failure: 'Messages of some lengths do not arrive as they were sent',
  level: 'must',
  spec: ['rfc6455#section-5.2'],
  needs: ['handshake/upgrade'],
  async run({ dial, random }) {
    const socket = await dial();
    const sent = SIZES.map((size) => random(size));
    for (const data of sent) socket.send(data);
    for (const data of sent) {
      const echo = await socket.message(`the echo of ${data.length} bytes`);
      expect(echo.data).toBe(data, `the echo of ${data.length} bytes`);
    }
  },
  why: 'The application works until one message is a byte longer than those before it.',
});
