import { closeIn } from '../../wire/record.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** As long as a control frame lets it be (RFC 6455 §5.5), and not in ASCII. */
const LONGEST = `${'ü'.repeat(61)}.`;

// RFC 6455 §7.1.5: the code of a close "is defined as the status code […] contained in the first Close control frame
// received by the application", §7.1.6 the reason likewise. §5.5.1: the client "MUST send a Close frame in
// response".
export default defineProbe({
  id: 'close/origin-code',
  title: 'The close code and reason of the origin come to the client',
  failure: 'The close code or reason of the origin does not come to the client',
  level: 'must',
  spec: ['rfc6455#section-5.5.1', 'rfc6455#section-7.1.5', 'rfc6455#section-7.1.6'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    for (const [code, reason] of [
      [1001, 'going away'],
      [4321, LONGEST],
    ] as const) {
      const socket = await dial({ scene: { play: 'close-on-message', code, closeReason: reason } });
      socket.send('close now');
      const closing = await socket.end('the end of the closing handshake');
      expect(closing.code).toBe(code, 'the close code at the client');
      expect(closing.reason).toBe(reason, 'the close reason at the client');
      await journal(socket, ({ frames }) => closeIn(frames, 'received') !== undefined, 'the close frame in response');
    }
  },
  why: 'The code tells a client whether to come back at once, later, after a login or not at all; without it they all guess.',
});
