import { DEFLATE_ALONE, deflateMessage } from '../../wire/deflate.ts';
import { Opcode } from '../../wire/frame.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §9.1: "A client requests extensions by including a |Sec-WebSocket-Extensions| header field", and the server
// accepts by listing them in its own. RFC 7692 §6: a message with RSV1 set is a compressed one.
export default defineProbe({
  id: 'headers/extensions',
  title: 'permessage-deflate is offered, accepted and used through the proxy',
  failure: 'permessage-deflate does not get through: its offer, its acceptance or a compressed message',
  level: 'must',
  spec: ['rfc6455#section-9.1', 'rfc7692#section-5', 'rfc7692#section-6'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal, random }) {
    const socket = await dial({ fields: [['Sec-WebSocket-Extensions', DEFLATE_ALONE]], scene: { deflate: true } });
    const seen = await journal(socket);
    const [offer, answer] = [seen.head, socket.response].map((head) => head.get('sec-websocket-extensions'));
    expect(offer).about('sec-websocket-extensions').toBe(DEFLATE_ALONE, 'the offer at the origin');
    expect(answer).about('sec-websocket-extensions').toBe(DEFLATE_ALONE, 'the answer at the client');

    const data = random(200);
    socket.sendFrame({ opcode: Opcode.binary, rsv: 4, payload: deflateMessage(data) });
    const echo = await socket.message('the echo of a compressed message');
    expect(echo.data).toBe(data, 'the compressed message that came back');
  },
  why: 'When the two ends do not agree on compression, one of them closes with 1002 at the first large message.',
});
