import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** Bytes that proxies read at a time. */
const BORDERS = [4096, 16_384, 32_768];
/** How many bytes of the second frame stand before the border: inside of its head, of its mask and of its payload. */
const CUTS = [1, 3, 7];
/** Bytes of the head of the first frame (RFC 6455 §5.2): masked, on the way there, and without a mask on the way back. */
const HEADS = [8, 4];

// RFC 6455 §5.2: a frame ends where its length says; where the buffer of whoever reads it ends means nothing.
export default defineProbe({
  id: 'messages/buffer-borders',
  title: 'Frames that lie across the end of a 4, 16 or 32 KiB buffer get through',
  failure: 'Frames that lie across the end of a buffer are damaged',
  level: 'must',
  spec: ['rfc6455#section-5.2'],
  needs: ['messages/sizes'],
  async run({ dial, random }) {
    const socket = await dial();
    const second = random(16);
    for (const border of BORDERS) {
      for (const cut of CUTS) {
        for (const head of HEADS) {
          const first = Buffer.alloc(border - cut - head, random(61));
          // In one write, so that they come in one read where there is room for both.
          socket.link.stream.cork();
          socket.send(first);
          socket.send(second);
          socket.link.stream.uncork();
          const echoes = await socket.messages(2);
          const came = Buffer.concat(echoes.map(({ data }) => data));
          const what = `two messages, the second of which begins ${cut} bytes in front of byte ${border}`;
          expect(came).toBe(Buffer.concat([first, second]), what);
        }
      }
    }
  },
  why: 'A message in some thousand is damaged, depending on what came before it, and nobody can do it again.',
});
