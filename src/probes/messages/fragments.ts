import { Opcode } from '../../wire/frame.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const TEXT = 'one message: Größe 寸法 👩‍🚀';

// RFC 6455 §5.4: "Control frames […] MAY be injected in the middle of a fragmented message." and "Message fragments MUST
// be delivered to the recipient in the order sent by the sender." An intermediary may join or split them, no more.
export default defineProbe({
  id: 'messages/fragments',
  title: 'A message in several frames arrives as one, with a ping in the middle of it',
  failure: 'A message in several frames does not arrive as one',
  level: 'must',
  spec: ['rfc6455#section-5.4'],
  needs: ['handshake/upgrade'],
  async run({ dial, patience }) {
    const socket = await dial({ scene: { fragments: 5 } });
    const payload = Buffer.from(TEXT);
    // Cut inside of a character: a single frame does not need to be valid UTF-8 (§5.6).
    const cut = payload.indexOf('寸') + 1;
    socket.sendFrame({ opcode: Opcode.text, fin: false, payload: payload.subarray(0, cut) });
    socket.sendFrame({ opcode: Opcode.ping, payload: Buffer.from('in the middle') });
    socket.sendFrame({ opcode: Opcode.continuation, fin: false });
    socket.sendFrame({ opcode: Opcode.continuation, payload: payload.subarray(cut) });
    const { data } = await socket.message('the echo of the fragmented message');
    expect(data.toString()).toBe(TEXT, 'the echo');
    await socket.control(Opcode.pong, patience, 'the pong to the ping in the middle');
  },
  why: 'Clients and servers that stream a message, or compress it, send it in pieces.',
});
