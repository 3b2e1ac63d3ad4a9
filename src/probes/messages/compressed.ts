import { DEFLATE_ALONE, DEFLATE_TAKEOVER } from '../../wire/deflate.ts';
import { Opcode } from '../../wire/frame.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 7692 §7.1.1: with context takeover a message may refer to what those before it said, so whoever reads one has to
// have read them all. §6.1: RSV1 stands in the first frame of a message only.
export default defineProbe({
  id: 'messages/compressed',
  title: 'Compressed messages get through, alone, in fragments, and with references to those before them',
  failure: 'Compressed messages do not get through',
  level: 'must',
  spec: ['rfc7692#section-6.1', 'rfc7692#section-7.1.1', 'rfc7692#section-7.2'],
  needs: ['headers/extensions'],
  async run({ dial, random }) {
    const data = random(2000);
    for (const offer of [DEFLATE_ALONE, DEFLATE_TAKEOVER]) {
      const takeover = offer === DEFLATE_TAKEOVER;
      const socket = await dial({
        fields: [['Sec-WebSocket-Extensions', offer]],
        scene: { deflate: true, takeover, fragments: 3 },
      });
      for (const fragments of [1, 3, 1]) {
        socket.sendCompressed(Opcode.binary, data, { fragments });
        const echo = await socket.message('the echo of a compressed message');
        expect(echo.data).toBe(
          data,
          `a compressed message in ${fragments} frames, ${takeover ? 'with' : 'without'} context`,
        );
      }
    }
  },
  why: 'Browsers compress with context as soon as the server lets them: the second message ends the connection.',
});
