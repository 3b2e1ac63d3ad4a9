import { closeIn } from '../../wire/record.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** As long as a control frame lets it be (RFC 6455 §5.5), and not in ASCII. */
const LONGEST = `${'ü'.repeat(61)}.`;

// RFC 6455 §7.1.5: the code of a close "is defined as the status code […] contained in the first Close control frame
// received by the application", §7.1.6 the reason likewise. §5.5.1: the other end "MUST send a Close frame
// in response".
export default defineProbe({
  id: 'close/client-code',
  title: 'The close code and reason of the client come to the origin',
  failure: 'The close code or reason of the client does not come to the origin',
  level: 'must',
  spec: ['rfc6455#section-5.5.1', 'rfc6455#section-7.1.5', 'rfc6455#section-7.1.6'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    for (const [code, reason] of [
      [1000, 'done'],
      [4321, LONGEST],
    ] as const) {
      const socket = await dial();
      socket.sendClose(code, reason);
      const seen = await journal(socket, ({ frames }) => closeIn(frames, 'received') !== undefined, 'a close frame');
      const close = closeIn(seen.frames, 'received')!;
      expect(close.code).toBe(code, 'the close code at the origin');
      expect(close.reason).toBe(reason, 'the close reason at the origin');
      const closing = await socket.end('the end of the closing handshake');
      expect(closing.code).toBe(code, 'the code in the answer of the origin');
    }
  },
  why: 'A server that tells a user who leaves from a connection that breaks keeps ghosts in the room.',
});
